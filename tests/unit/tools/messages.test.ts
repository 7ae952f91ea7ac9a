import { cp, mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { m } from '../../../src/lib/i18n/generated/messages.js';
import { compileMessages } from '../../../src/tools/messages';

const GENERATED = 'src/lib/i18n/generated';

/** When each file of a folder was written. */
async function writtenIn(folder: string): Promise<Record<string, number>> {
	const times: Record<string, number> = {};
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
		if (entry.isFile()) {
			const file = join(entry.parentPath, entry.name);
			times[file.slice(folder.length + 1)] = (await stat(file)).mtimeMs;
		}
	return times;
}

it('writes again what is missing or was altered, and nothing else', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'tackboard-messages-'));
	try {
		await cp(GENERATED, folder, { recursive: true });
		const before = await writtenIn(folder);
		await compileMessages(folder);
		expect(await writtenIn(folder)).toEqual(before);

		const altered = join('messages', 'sv.js');
		await writeFile(join(folder, altered), 'export {};');
		await writeFile(join(folder, 'messages', 'xx.js'), 'export {};');
		await unlink(join(folder, 'runtime.js'));
		await compileMessages(folder);
		for (const file of [altered, 'runtime.js'])
			expect(await readFile(join(folder, file), 'utf8')).toBe(await readFile(join(GENERATED, file), 'utf8'));
		const again = new Set([altered, 'runtime.js']);
		const others = (times: Record<string, number>) =>
			Object.entries(times).filter(([file]) => !again.has(file));
		expect(others(await writtenIn(folder))).toEqual(others(before));
	} finally {
		await rm(folder, { recursive: true });
	}
}, 120_000);

it('makes the rules of plurals of a language once', () => {
	const { PluralRules } = Intl;
	const made: string[] = [];
	const noted = new Proxy(PluralRules, {
		construct: (target, args: ConstructorParameters<typeof PluralRules>) => {
			made.push(String(args[0]));
			return new target(...args);
		}
	});
	Object.assign(Intl, { PluralRules: noted });
	try {
		for (const count of [1, 2, 3]) m.pin_count({ count, n: String(count) });
	} finally {
		Object.assign(Intl, { PluralRules });
	}
	expect(made).toEqual(['en']);
});
