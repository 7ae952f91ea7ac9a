/**
 * Which host the site is built for: PUBLIC_CLICKHOUSE_URL, with PUBLIC_CLICKHOUSE_DATABASE (default `tackboard`) and
 * PUBLIC_CLICKHOUSE_TABLE (default `events`) beside it,
 * and PUBLIC_CLICKHOUSE_PINS where there is a table of Pins. Without the first there is none, and the site sends no queries.
 */

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {import('../lib/model/host').DataHost | null}
 * @throws {Error} where it is set to what cannot be used
 */
export function dataHost(environment) {
	const address = environment.PUBLIC_CLICKHOUSE_URL;
	if (!address) return null;
	const url = new URL(address);
	if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
		throw new Error(
			'PUBLIC_CLICKHOUSE_URL must be an address of http or https, without user, query and fragment'
		);
	/** @param {string} variable @param {string} otherwise */
	const name = (variable, otherwise) => {
		const value = environment[variable] || otherwise;
		if (!PLAIN_NAME.test(value)) throw new Error(`${variable} must be letters, digits and underscores`);
		return value;
	};
	return {
		url: url.href,
		database: name('PUBLIC_CLICKHOUSE_DATABASE', 'tackboard'),
		table: name('PUBLIC_CLICKHOUSE_TABLE', 'events'),
		pins: environment.PUBLIC_CLICKHOUSE_PINS ? name('PUBLIC_CLICKHOUSE_PINS', '') : null
	};
}

/** Where the pages of a site begin that is built for a host: those that links lead to from here. Reports have none. */
export const FIRST_PAGES_OF_HOST = /** @type {const} */ (['/', '/pin', '/board']);

/**
 * Where a build is written: `build`, unless TACKBOARD_BUILD names another folder.
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export function buildFolder(environment) {
	return environment.TACKBOARD_BUILD || 'build';
}
