import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { factColumns } from '../../../../src/lib/columns/fact-columns';
import type { ReportContents } from '../../../../src/lib/columns/report-contents';
import type { Fact } from '../../../../src/lib/model/reported';
import { deleteBatch } from '../../../../src/lib/store/batches';
import { addReport, nameProfile } from '../../../../src/lib/store/reports';
import { StoredData } from '../../../../src/lib/worker/data/stored-data';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { fact } from '../../../support/reported-answer';
import { answerWithReports, exportWithReports } from '../../../support/stored-report';

databaseForEachTest();

const DAY = '2026-09-01';
const query = openQuery({ filter: openFilter({ from: DAY, to: DAY }), grain: 'day' });
const { signal } = new AbortController();

async function store(file: string, ...facts: Fact[]): Promise<number> {
	const contents: ReportContents = {
		facts: factColumns(facts),
		directory: { pins: [], boards: [] },
		insights: [],
		covered: facts.map(({ from, to }) => ({ from, to })),
		exportedAt: null,
		accepted: facts.length,
		rejected: 0,
		rejections: [],
		rejectedRows: [],
		columns: [],
		unknownColumns: [],
		title: '',
		settings: [],
		notes: []
	};
	const name = 'overview_export' as const;
	const about = { file, isSample: false, fingerprint: file, byteLength: 1, name, exportedAt: 1 };
	const stamp = 1 + (await db.batches.count());
	const named = { stamp, generation: 1, importedAt: stamp };
	const names = { claims: [], texts: [] };
	return (await addReport(db, { ...about, contents }, names, { named, marks: new Map() })).id;
}

describe('stored figures', () => {
	it('that are damaged are named with the answer, and leave the others as they are', async () => {
		await store('whole.csv', fact(DAY, 'saves', 7));
		const damaged = await store('damaged.csv', fact(DAY, 'impressions', 5), fact(DAY, 'closeups', 6));
		const [record] = await db.factBlocks.where({ batchId: damaged }).toArray();
		record!.block.values[0] = 6;
		await db.factBlocks.put(record!);
		const { totals, damaged: parts } = await answerWithReports(db, query);
		expect(parts).toEqual([{ batchId: damaged, file: 'damaged.csv', rows: 2 }]);
		expect(totals.saves.value).toBe(7);
		expect(totals.impressions.value).toBeNull();
	});

	it('say which metrics they bring that events do not have, as long as they are stored', async () => {
		const data = new StoredData(db, 'under test', import.meta.url);
		await store('plain.csv', fact(DAY, 'saves', 7));
		expect((await data.refresh())?.metrics).toEqual([]);
		const paid = await store('ads.csv', fact(DAY, 'spend', 5), fact(DAY, 'impressions', 6));
		await store('account.csv', fact(DAY, 'followers', 7, { kind: 'level' }));
		expect((await data.refresh())?.metrics).toEqual(['followers', 'spend', 'cpm']);
		await deleteBatch(db, paid);
		expect((await data.refresh())?.metrics).toEqual(['followers']);
	});

	it('of totals since a first day say how far data reaches only where there is nothing else', async () => {
		const data = new StoredData(db, 'under test', import.meta.url);
		const subject = { kind: 'pin', id: '11111' } as const;
		await store('levels.csv', fact('2026-09-09', 'saves', 7, { kind: 'level', subject }));
		expect((await data.refresh())?.reported).toEqual({ from: '2026-09-09', to: '2026-09-09' });
		await store('figures.csv', fact(DAY, 'saves', 7));
		expect((await data.refresh())?.reported).toEqual({ from: DAY, to: DAY });
	});

	it('are added up once the user has named two accounts', async () => {
		const first = await store('oak.csv', fact(DAY, 'impressions', 1000));
		const second = await store('elm.csv', fact(DAY, 'impressions', 300));
		expect((await answerWithReports(db, query)).totals.impressions.value).toBe(300);
		await nameProfile(db, first, 'Oak');
		await nameProfile(db, second, 'Elm');
		expect((await answerWithReports(db, query)).totals.impressions.value).toBe(1300);
	});

	it('are exported with what follows from two totals', async () => {
		const subject = { kind: 'pin', id: '11111' } as const;
		const level = (day: string, value: number) => fact(day, 'saves', value, { kind: 'level', subject });
		await store('levels.csv', level('2026-08-31', 10), level(DAY, 14));
		const [, ...rows] = await exportWithReports(db, 'reported', query);
		expect(rows.map((row) => row.split(',').slice(0, 6).join())).toEqual([
			'saves,10,2026-08-31,2026-08-31,pin,11111',
			`saves,14,${DAY},${DAY},pin,11111`,
			`saves,4,${DAY},${DAY},pin,11111`
		]);
	});

	it('are waited for no longer by a query that is cancelled, and read for the others', async () => {
		await store('file.csv', fact(DAY, 'saves', 7));
		const data = new StoredData(db, 'under test', import.meta.url);
		await data.refresh();
		const stop = new AbortController();
		const cancelled = data.facts(stop.signal);
		const other = data.facts(signal);
		stop.abort();
		await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
		expect((await other)?.sources).toHaveLength(1);
	});

	it('are read anew where others are stored meanwhile', async () => {
		await store('file.csv', fact(DAY, 'saves', 7));
		const data = new StoredData(db, 'under test', import.meta.url);
		await data.refresh();
		const facts = data.facts(signal);
		await store('later.csv', fact(DAY, 'closeups', 7));
		await data.refresh();
		await facts;
		expect((await data.facts(signal))?.sources).toHaveLength(2);
	});
});
