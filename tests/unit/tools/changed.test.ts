import { expect, it } from 'vitest';
import { chooseTests } from '../../../src/tools/test/changed';
import { STAGES } from '../../../src/tools/test/suites';

const SUITES = STAGES.flat(2);

/** What of a suite runs after a change in these files. */
const chosen = (suite: string, ...changed: string[]) => chooseTests(SUITES, changed).get(suite);

it('has every suite once', () => {
	expect(SUITES.map(({ name }) => name).sort()).toEqual(
		[
			'browser',
			'browsers',
			'build',
			'crash',
			'hostile',
			'lint',
			'oracle',
			'site',
			'soak',
			'types',
			'unit'
		].sort()
	);
});

it('runs everything where the ground changes that all stands on', () => {
	expect(new Set(chooseTests(SUITES, ['package-lock.json']).values())).toEqual(new Set(['all']));
});

it('runs nothing where nothing changed', () => {
	expect([...chooseTests(SUITES, []).values()].flat()).toEqual([]);
});

it('runs the tests that need a module, directly or by way of others', () => {
	const unit = chosen('unit', 'src/lib/engine/lists.ts');
	expect(unit).toContain('tests/unit/engine/answer.test.ts');
	expect(unit).not.toContain('tests/unit/model/calendar.test.ts');
	expect(chosen('oracle', 'src/lib/engine/lists.ts')).toBe('all');
});

it('runs the tests that read the tree, whatever changes in it', () => {
	expect(chosen('unit', 'README.md')).toContain('tests/unit/architecture.test.ts');
	expect(chosen('browser', 'README.md')).toEqual([]);
	expect(chosen('build', 'README.md')).toEqual([]);
});

it('runs of the browser tests those that visit a page that changed', () => {
	const browser = chosen('browser', 'src/routes/video/+page.svelte');
	expect(browser).toEqual(
		expect.arrayContaining(['tests/e2e/video.spec.ts', 'tests/e2e/accessibility.spec.ts'])
	);
	expect(browser).not.toContain('tests/e2e/tabs.spec.ts');
	expect(chosen('build', 'src/routes/video/+page.svelte')).toBe('all');
});

it.each([
	['what every page needs', 'src/routes/+layout.svelte'],
	['the message of a language', 'src/lib/i18n/messages/sv.json'],
	['a worker', 'src/lib/worker/data/data.worker.ts'],
	['a file that the site is served with', 'static/manifest.webmanifest']
])('runs all tests of the site after a change in %s', (_, file) => {
	const suites = chooseTests(SUITES, [file]);
	for (const suite of ['build', 'site', 'crash', 'soak', 'browser', 'browsers'])
		expect(suites.get(suite), suite).toBe('all');
});

it('builds the site for a browser test that changed', () => {
	expect(chosen('browser', 'tests/e2e/size.spec.ts')).toEqual(['tests/e2e/size.spec.ts']);
	expect(chosen('build', 'tests/e2e/size.spec.ts')).toBe('all');
	expect(chosen('crash', 'tests/e2e/size.spec.ts')).toEqual([]);
});
