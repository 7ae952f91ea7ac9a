import 'fake-indexeddb/auto';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { ExportKind } from '../../../../src/lib/model/query';
import { WorkspaceDatabase } from '../../../../src/lib/store/database';
import { problemText } from '../../../../src/lib/ui/problem-text';
import { importHanded, specimen } from '../../../support/imported-files';
import { openQuery } from '../../../support/memory-workspace';
import { expectedReading, specimenNames, type ExpectedReading } from '../../../support/specimen';
import { exportWithReports } from '../../../support/stored-report';

/**
 * Every file of tests/fixtures/specimens that is no event file reads as expected.json says: what is asked, what is
 * refused, and the rows of reported.csv, insights.csv and directory.csv. A further file there is a further test.
 */

/** Files without a stamp of their own were changed on this day. */
const CHANGED = Date.UTC(2026, 9, 1, 12);
const names = specimenNames().filter((name) => !name.startsWith('events-'));

describe('a file that people hold', () => {
	it('is there of each kind', () => expect(names.length).toBeGreaterThanOrEqual(45));

	it.each(names)('reads as it is meant: %s', async (name) => {
		const expected = expectedReading(name);
		const workspace = `specimen ${name}`;
		const modifiedMs = expected.modified === undefined ? CHANGED : Date.parse(expected.modified);
		const file = { name, bytes: specimen(name), modifiedMs };
		let reports = await importHanded(workspace, [file]);
		if (expected.kind === 'refused') {
			expect(reports.map(({ outcome }) => outcome)).toEqual(['failed']);
			const sentence = problemText(reports[0]!.problem!);
			expect(sentence).toMatch(new RegExp(expected.message ?? '', 'i'));
			expect(sentence).toMatch(/export|download/i);
			return;
		}
		if (expected.kind.startsWith('needs_')) {
			expect(reports.map(({ outcome }) => outcome)).toEqual([expected.kind]);
			if (expected.kind === 'needs_mapping') return;
			const answers = expected.pin === undefined ? { days: expected.days! } : { pinId: expected.pin };
			reports = await importHanded(workspace, [file], { entry: name, answers });
		}
		expect(reports.flatMap(({ problem }) => problem ?? [])).toEqual([]);
		const imported = reports.filter(({ outcome }) => outcome === 'imported');
		if (expected.files) {
			const kinds = imported.map(({ file: entry, kind }) => [entry.replace(`${name} › `, ''), kind]);
			expect(Object.fromEntries(kinds)).toEqual(expected.files);
		} else if (!expected.kind.startsWith('needs_'))
			expect(imported.map(({ kind }) => kind)).toEqual([expected.kind]);
		expect(imported.reduce((sum, { rejected }) => sum + rejected, 0)).toBe(expected.rejected ?? 0);
		await expectExports(workspace, expected);
	});
});

async function expectExports(workspace: string, expected: ExpectedReading): Promise<void> {
	const db = new WorkspaceDatabase(workspace);
	const rowsOf = async (kind: ExportKind) =>
		Papa.parse<Record<string, string>>((await exportWithReports(db, kind, openQuery())).join('\r\n'), {
			header: true
		}).data;
	const facts = (await rowsOf('reported')).map(factLine).sort();
	const wanted = (expected.facts ?? []).map(expectedLine).sort();
	if (expected.isAllFacts === true) expect(facts).toEqual(wanted);
	else expect(wanted.filter((line) => !facts.includes(line))).toEqual([]);
	expect((expected.never ?? []).map(expectedLine).filter((line) => facts.includes(line))).toEqual([]);

	const insights = (await rowsOf('insights')).map(insightLine).sort();
	expect(insights).toEqual((expected.insights ?? []).map(insightLine).sort());

	const pins = new Map((await rowsOf('directory')).map((row) => [row['pin_id'], row]));
	for (const [id, columns] of Object.entries(expected.pins ?? {})) {
		expect(pins.get(id)).toMatchObject(columns);
	}
	db.close();
}

const FACT_COLUMNS = [
	...[
		'metric',
		'value',
		'from',
		'to',
		'subject',
		'subject_id',
		'content_type',
		'source',
		'device',
		'account'
	],
	...['format', 'estimate', 'kind', 'currency', 'campaign', 'ad_group', 'ad']
] as const;

function factLine(row: Readonly<Record<string, string>>): string {
	return FACT_COLUMNS.map((column) => (column === 'value' ? String(Number(row['value'])) : row[column])).join(
		' ¦ '
	);
}

/** A row as expected.json has it: what is not named there is empty, no estimate and a figure. */
function expectedLine(fact: Readonly<Record<string, unknown>>): string {
	const full = { kind: 'figure', ...fact, estimate: fact['estimate'] === true ? 'yes' : 'no' };
	return FACT_COLUMNS.map((column) => String((full as Record<string, unknown>)[column] ?? '')).join(' ¦ ');
}

function insightLine(row: object): string {
	const { audience, day, size, section, name, share, affinity } = row as Record<string, unknown>;
	return [audience, day, size, section, name, Number(share), affinity ?? ''].join(' ¦ ');
}
