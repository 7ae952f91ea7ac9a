/** A ClickHouse server, or a cluster behind one, that holds the events in place of the browser. Settled when the site is built. */
export interface DataHost {
	/** Where it listens for HTTP, with a slash at the end. */
	readonly url: string;
	/** Plain names: letters, digits and underscores. */
	readonly database: string;
	readonly table: string;
	/** A table with what the events say of Pins alone; null where that is read from the events. */
	readonly pins: string | null;
}

/** Who asks it. */
export interface Credentials {
	readonly user: string;
	readonly password: string;
}

/** The name that people see of a host. */
export function hostName(host: DataHost): string {
	return new URL(host.url).host;
}
