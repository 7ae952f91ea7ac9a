import { expect, it } from 'vitest';
import {
	NO_ANSWERS,
	questionsAfter,
	withAnswering,
	type FinishedRun,
	type OpenQuestion
} from '../../../src/lib/view/open-questions';
import { fileReport, importReport } from '../../support/file-report';

const ADS = new File(['a'], 'ads.csv', { lastModified: 1 });
const PIN = new File(['bb'], 'pin.json', { lastModified: 2 });
const DAYS = { from: '2026-09-08', to: '2026-09-14' };

const run = (files: readonly File[], some: Partial<FinishedRun> = {}): FinishedRun => ({
	report: importReport([]),
	files,
	workspace: '',
	given: NO_ANSWERS,
	answers: null,
	...some
});
const asksDays = fileReport({ file: 'ads.csv', outcome: 'needs_days', source: 0 });
const asksPin = fileReport({ file: 'pin.json', outcome: 'needs_pin', source: 1 });
const asked = (open: readonly OpenQuestion[]) =>
	open.map(({ report, file }) => [report.outcome, report.file, file]);

function openBoth(): readonly OpenQuestion[] {
	return questionsAfter([], run([ADS, PIN], { report: importReport([asksDays, asksPin]) }));
}

it('asks for what files of a run need, with what was handed over', () => {
	expect(asked(openBoth())).toEqual([
		['needs_days', 'ads.csv', ADS],
		['needs_pin', 'pin.json', PIN]
	]);
});

it('keeps questions open while other runs come and go', () => {
	const other = run([new File(['c'], 'other.csv')], { report: importReport([fileReport()]) });
	expect(asked(questionsAfter(openBoth(), other))).toHaveLength(2);
});

it('closes the question that a run has answered, and no other', () => {
	const open = openBoth();
	const answer = run([ADS], {
		report: importReport([fileReport({ file: 'ads.csv' })]),
		given: { ...NO_ANSWERS, days: DAYS },
		answers: open[0]!.key
	});
	expect(asked(questionsAfter(open, answer))).toEqual([['needs_pin', 'pin.json', PIN]]);
});

it('asks in the same place for what is needed besides, and remembers what was answered', () => {
	const open = openBoth();
	const given = { ...NO_ANSWERS, days: DAYS };
	const report = importReport([fileReport({ file: 'ads.csv', outcome: 'needs_mapping' })]);
	const after = questionsAfter(open, run([ADS], { report, given, answers: open[0]!.key }));
	expect(after.map(({ report: { outcome } }) => outcome)).toEqual(['needs_mapping', 'needs_pin']);
	expect(after[0]).toMatchObject({ key: open[0]!.key, given: { days: DAYS } });
});

it('keeps a question whose answer came to nothing, and says why', () => {
	const open = openBoth();
	const answering = withAnswering(open, open[0]!.key, true);
	expect(answering.map(({ isAnswering }) => isAnswering)).toEqual([true, false]);
	const failed = fileReport({ file: 'ads.csv', outcome: 'failed', problem: { code: 'storage_full' } });
	const answer = run([ADS], { report: importReport([failed]), answers: open[0]!.key });
	expect(questionsAfter(answering, answer)[0]).toMatchObject({
		report: { outcome: 'needs_days' },
		isAnswering: false,
		problem: { code: 'storage_full' }
	});
});

it('asks once for a file that is dropped again, and not at all once it was read', () => {
	const again = run([ADS], { report: importReport([asksDays]) });
	expect(questionsAfter(openBoth(), again)).toHaveLength(2);
	const read = run([ADS], { report: importReport([fileReport({ file: 'ads.csv' })]) });
	expect(asked(questionsAfter(openBoth(), read))).toEqual([['needs_pin', 'pin.json', PIN]]);
});

it('tells apart files of folders that look alike, entries of an archive, and workspaces', () => {
	const twin = new File(['x'], 'ads.csv', { lastModified: 1 });
	const twins = importReport([asksDays, { ...asksDays, source: 1 }]);
	expect(questionsAfter([], run([ADS, twin], { report: twins })).map(({ file }) => file)).toEqual([
		ADS,
		twin
	]);
	const archive = new File(['zip'], 'all.zip');
	const entries = ['a.csv', 'b.csv'].map((name) => ({ ...asksDays, file: `all.zip › ${name}` }));
	expect(questionsAfter([], run([archive], { report: importReport(entries) }))).toHaveLength(2);
	const elsewhere = run([ADS], { report: importReport([asksDays]), workspace: 'Lamp shop' });
	expect(questionsAfter(openBoth(), elsewhere)).toHaveLength(3);
});
