import 'fake-indexeddb/auto';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/lib/columns/fact-columns';
import type { Fact } from '../../../src/lib/model/reported';
import { adsLabel } from '../../../src/lib/model/reported';
import { MICROS_PER_UNIT, additionOf } from '../../../src/lib/model/fact-metric';
import { liveBatches } from '../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../src/lib/store/database';
import { readFactBatches } from '../../../src/lib/store/reports';
import { importHanded, specimen } from '../../support/imported-files';

const FOLDER = new URL('../../fixtures/specimens/', import.meta.url);
interface ExpectedFact {
	metric: string;
	value: number;
	from: string;
	to: string;
	subject: string;
	[column: string]: unknown;
}
interface Expected {
	kind: string;
	modified?: string;
	message?: string;
	days?: { from: string; to: string };
	pin?: string;
	files?: Record<string, string>;
	rejected?: number;
	facts?: ExpectedFact[];
	isAllFacts?: boolean;
	never?: ExpectedFact[];
}
const EXPECTED = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')) as Record<
	string,
	Expected
>;

let count = 0;

describe('a file that people hold', () => {
	const names = readdirSync(FOLDER).filter((name) => name !== 'expected.json' && !name.startsWith('events-'));
	it.each(names)('is read as it is meant: %s', async (name) => {
		const expected = EXPECTED[name]!;
		const workspace = `specimen ${count++}`;
		const modifiedMs = expected.modified ? Date.parse(expected.modified) : Date.UTC(2026, 9, 1);
		const file = { name, bytes: specimen(name), modifiedMs };
		let reports = await importHanded(workspace, [file]);
		if (expected.kind === 'refused') {
			expect(reports.map(({ outcome }) => outcome)).toEqual(['failed']);
			console.log(name, JSON.stringify(reports[0]!.problem));
			return;
		}
		if (expected.kind.startsWith('needs_')) {
			expect(reports.map(({ outcome }) => outcome)).toEqual([expected.kind]);
			if (expected.kind === 'needs_mapping') return;
			const answers = expected.pin ? { pinId: expected.pin } : { days: expected.days! };
			reports = await importHanded(workspace, [file], { entry: name, answers });
		}
		expect(reports.map(({ problem }) => problem)).toEqual(reports.map(() => null));
		if (!expected.kind.startsWith('needs_')) expect(reports[0]!.kind).toBe(expected.kind);
		expect(reports.reduce((sum, { rejected }) => sum + rejected, 0)).toBe(expected.rejected ?? 0);
		const db = new WorkspaceDatabase(workspace);
		const batches = await readFactBatches(db, await liveBatches(db));
		const facts = batches.flatMap(({ blocks }) => blocks.flatMap((block) => [...factsOf(block)].map(rowOf)));
		db.close();
		const wanted = (expected.facts ?? [])
			.filter(({ derived }) => !derived)
			.map(lineOf)
			.sort();
		const found = facts.map(lineOf).sort();
		if (expected.isAllFacts) expect(found).toEqual(wanted);
		else expect(found).toEqual(expect.arrayContaining(wanted));
	});
});

function rowOf(fact: Fact): ExpectedFact {
	const { metric, value, from, to, subject, filters, ads, kind, currency, isEstimate } = fact;
	const isWatch = metric === 'watch_ms';
	const own = additionOf(metric) === 'money' ? value / MICROS_PER_UNIT : isWatch ? value / 60_000 : value;
	return {
		metric: isWatch ? 'total_watch_minutes' : metric,
		value: own,
		from,
		to,
		subject: subject.kind,
		subject_id: subject.kind === 'account' ? '' : subject.id,
		...Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, values.join('|')])),
		campaign: adsLabel(ads.campaign),
		ad_group: adsLabel(ads.ad_group),
		ad: adsLabel(ads.ad),
		kind: kind === 'figure' ? '' : kind,
		currency,
		estimate: isEstimate || ''
	};
}

function lineOf(row: ExpectedFact): string {
	return JSON.stringify(
		Object.entries(row)
			.filter(([, value]) => value !== '' && value !== 'figure')
			.sort(([a], [b]) => (a < b ? -1 : 1))
	);
}
