import { readFile } from 'node:fs/promises';
import { isMain } from '../is-main';

/**
 * Whether a release is what its tag says: `tsx src/tools/release/version-check.ts v1.2.3` prints the changes of that version
 * from the changelog, or one sentence for each thing that differs and the exit code 1.
 */

/** Semantic Versioning 2.0.0 without build metadata, which npm leaves out. */
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

export interface ReleaseFacts {
	/** As git has it: `v1.2.3`. */
	readonly tag: string;
	/** Of package.json. */
	readonly version: string;
	/** Of package-lock.json. */
	readonly lockedVersion: string;
	/** The text of CHANGELOG.md. */
	readonly changelog: string;
}

/** The part of the changelog for a version, without its heading `## 1.2.3, 2026-01-31`; null where there is none. */
export function changesOf(changelog: string, version: string): string | null {
	const [, ...parts] = changelog.split(/^## /m);
	const part = parts.find((text) => {
		const [, name] = /^(\S+), \d{4}-\d\d-\d\d$/.exec(text.split('\n', 1)[0] ?? '') ?? [];
		return name === version;
	});
	return part === undefined ? null : part.slice(part.indexOf('\n')).trim();
}

/** What keeps a release from being made, a sentence each. */
export function releaseProblems({ tag, version, lockedVersion, changelog }: ReleaseFacts): readonly string[] {
	const problems: string[] = [];
	if (!VERSION.test(version)) problems.push(`package.json has ${version}, which is no semantic version.`);
	if (tag !== `v${version}`)
		problems.push(`The tag is ${tag}, but package.json has ${version}: its tag is v${version}.`);
	if (lockedVersion !== version)
		problems.push(`package-lock.json has ${lockedVersion}: run "npm install --package-lock-only".`);
	const changes = changesOf(changelog, version);
	if (changes === null)
		problems.push(`CHANGELOG.md has no heading "## ${version}, YYYY-MM-DD": rename "## Unreleased" to that.`);
	else if (changes === '') problems.push(`CHANGELOG.md says nothing of ${version}.`);
	return problems;
}

async function main(tag: string): Promise<void> {
	const read = async (name: string) =>
		(JSON.parse(await readFile(name, 'utf8')) as { readonly version: string }).version;
	const facts = {
		tag,
		version: await read('package.json'),
		lockedVersion: await read('package-lock.json'),
		changelog: await readFile('CHANGELOG.md', 'utf8')
	};
	const problems = releaseProblems(facts);
	if (problems.length === 0) return console.log(changesOf(facts.changelog, facts.version));
	for (const problem of problems) console.error(problem);
	process.exitCode = 1;
}

if (isMain(import.meta.url)) await main(process.argv[2] ?? '');
