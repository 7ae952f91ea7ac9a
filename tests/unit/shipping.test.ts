import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { CACHE_FOREVER, CACHE_VALIDATED, COMMON_HEADERS } from '../../src/tools/site-headers';

/** What only runs elsewhere, on the code host, in a container builder and on other servers, as far as it can be read here. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WORKFLOWS = join(ROOT, '.github', 'workflows');
const read = (path: string) => readFile(join(ROOT, path), 'utf8');

/** What the code host's own parser finds wrong with workflows, by name. */
function workflowProblems(
	workflows: Readonly<Record<string, string>>
): Readonly<Record<string, readonly string[]>> {
	const script = join(ROOT, 'tests', 'support', 'workflow-problems.ts');
	const input = JSON.stringify(workflows);
	const output = execFileSync(process.execPath, ['--import', 'tsx', script], {
		cwd: ROOT,
		input,
		encoding: 'utf8'
	});
	return JSON.parse(output) as Readonly<Record<string, readonly string[]>>;
}

const dockerfileProblems = (text: string) => validate(text).map(({ message }) => message);

const names = await readdir(WORKFLOWS);

it('has workflows that the code host accepts, and would notice a broken one', async () => {
	const texts = names.map(async (name) => [name, await read(`.github/workflows/${name}`)] as const);
	const broken =
		'on: psh\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ gitub.sha }}\n';
	const { broken: found, ...problems } = workflowProblems({
		...Object.fromEntries(await Promise.all(texts)),
		broken
	});
	expect(problems).toEqual(Object.fromEntries(names.map((name) => [name, []])));
	expect(found).toHaveLength(2);
});

describe.each(names)('the workflow %s', (name) => {
	it('may only read unless a job says otherwise, takes actions by version, and runs scripts that there are', async () => {
		const text = await read(`.github/workflows/${name}`);
		expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
		for (const [, version] of text.matchAll(/uses: \S+?(@\S+)?$/gm)) expect(version).toMatch(/^@v\d+$/);
		const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
		for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g))
			expect(Object.keys(scripts)).toContain(script);
		for (const [, file = ''] of text.matchAll(/tsx (\S+)/g))
			expect((await read(file)).length).toBeGreaterThan(0);
		// A text from outside in a script would be run by the shell: it goes through `env`.
		const inScripts = [...text.matchAll(/^ *(?:- )?run: (?:\|\n(?:(?: {10,}.*)?\n)+|.*\n)/gm)].map(
			([script]) => script
		);
		expect(inScripts.length).toBeGreaterThan(0);
		expect(inScripts.filter((script) => script.includes('${{'))).toEqual([]);
	});
});

describe('the container image', () => {
	it('is built by a Dockerfile without mistakes, of images with a version', async () => {
		const text = await read('Dockerfile');
		expect(dockerfileProblems(text)).toEqual([]);
		expect(dockerfileProblems('FROM node:22\nRUNN x\nEXPOSE abc\n')).toHaveLength(2);
		const images = [...text.matchAll(/^FROM (?:--\S+ )?(\S+)/gm)].map(([, image]) => image);
		expect(images.length).toBeGreaterThan(1);
		for (const image of images) expect(image).toMatch(/^[\w/-]+:\d/);
	});

	it('runs as another user than root, on the port that it names, and says whether it is healthy', async () => {
		const [, last = ''] = /^FROM (?!.* AS )([^]*)$/m.exec(await read('Dockerfile')) ?? [];
		expect(last).toMatch(/^USER (?!root|0)\w+$/m);
		expect(last).toMatch(/PORT=(\d+)[^]*^EXPOSE \1$/m);
		expect(last).toMatch(/^HEALTHCHECK [^]*\$\{PORT\}/m);
	});

	it('is built without what its build does not read, and with what it does', async () => {
		const ignored = (await read('.dockerignore'))
			.split('\n')
			.filter((line) => line !== '' && !line.startsWith('#'));
		expect(ignored).toEqual(expect.arrayContaining(['.git', 'build', 'dist', 'node_modules']));
		for (const path of ['src', 'static', 'package.json', 'package-lock.json', 'LICENSE'])
			expect(ignored).not.toContain(path);
	});
});

describe('the recipes for other servers', () => {
	it('have the headers that our own server sends', async () => {
		const page = await read('src/HOSTING.md');
		const recipes = page.split(/^### /m).slice(1);
		const whole = recipes.filter((recipe) => recipe.includes(CACHE_FOREVER));
		expect(whole.length).toBeGreaterThan(3);
		for (const recipe of whole) {
			const [title] = recipe.split('\n');
			expect(recipe, title).toContain(CACHE_VALIDATED);
			for (const [name, value] of Object.entries(COMMON_HEADERS)) {
				expect(recipe.toLowerCase(), title).toContain(name);
				expect(recipe, title).toContain(value);
			}
		}
	});
});

it('has documents whose links lead to files that are there', async () => {
	const listed = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' });
	const broken: string[] = [];
	for (const page of listed.trim().split('\n')) {
		const links = [...(await read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
		for (const link of links.filter((target) => !/^(https?:|#)/.test(target))) {
			const path = posix.join(posix.dirname(page), link.replace(/#.*$/, ''));
			if (!existsSync(join(ROOT, path))) broken.push(`${page}: ${link}`);
		}
	}
	expect(broken).toEqual([]);
});
