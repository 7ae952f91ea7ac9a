import { Dexie } from 'dexie';
import { dayNumber } from '../../src/lib/model/calendar';
import { factsOf } from '../../src/lib/columns/fact-columns';
import { filtersKey, subjectKey } from '../../src/lib/model/reported';
import {
	databaseName,
	type StoredBatch,
	type StoredReport,
	type WorkspaceDatabase
} from '../../src/lib/store/database';
import { readFacts } from '../../src/lib/store/fact-blocks';
import type { FactsOfVersion2 } from '../../src/lib/store/from-version-2';

/**
 * What version 2 of the database would have stored where today's has stored plain figures: facts of a batch in one record,
 * without checksums and claims, and nothing of directories and insights.
 */

/** The tables of version 2. */
const VERSION_2 = {
	batches: '++id',
	segments: '[batchId+seq]',
	texts: '[vocabulary+first+count], batchId',
	claims: '[batchId+part]',
	rejectedRows: '[batchId+seq]',
	settings: 'key',
	daySums: '[zone+batchId+part], zone, batchId',
	facts: 'batchId',
	hiddenRows: '[batchId+seq]'
};

const TABLES = Object.keys(VERSION_2) as (keyof typeof VERSION_2)[];

/** Makes a database of version 2. Reports must have been stored after all events, since their Pins had no numbers. */
export async function storeAsVersion2(from: WorkspaceDatabase, name: string): Promise<void> {
	const old = new Dexie(databaseName(name));
	old.version(2).stores(VERSION_2);
	for (const [table, records] of await recordsOf(from)) await old.table(table).bulkAdd(records);
	old.close();
}

async function recordsOf(db: WorkspaceDatabase): Promise<Map<keyof typeof VERSION_2, unknown[]>> {
	const records = new Map<keyof typeof VERSION_2, unknown[]>();
	for (const table of TABLES) {
		if (table !== 'facts') records.set(table, await db.table(table).toArray());
	}
	const batches = (await db.batches.toArray()) as (StoredBatch & { id: number })[];
	const reports = new Set(batches.filter(({ report }) => report).map(({ id }) => id));
	const isOfEvents = (record: unknown) => !reports.has((record as { batchId: number }).batchId);
	records.set('batches', batches.map(batchOfVersion2));
	for (const table of ['texts', 'claims'] as const)
		records.set(table, records.get(table)!.filter(isOfEvents));
	records.set('facts', await Promise.all([...reports].map((id) => factsOfVersion2(db, id))));
	return records;
}

function batchOfVersion2(batch: StoredBatch): StoredBatch {
	if (!batch.report) return batch;
	const report: Partial<StoredReport> = { ...batch.report };
	for (const later of ['kind', 'names', 'snapshots'] as const) delete report[later];
	return { ...batch, report: report as StoredReport };
}

async function factsOfVersion2(db: WorkspaceDatabase, batchId: number): Promise<FactsOfVersion2> {
	const facts = (await readFacts(db, batchId)).flatMap((block) => [...factsOf(block)]);
	const metrics = numbered(facts.map(({ metric }) => [metric, metric] as const));
	const subjects = numbered(facts.map(({ subject }) => [subjectKey(subject), subject] as const));
	const scopes = numbered(
		facts.map(({ filters, completeBreakdowns }) => [
			`${filtersKey(filters)} ${completeBreakdowns.join()}`,
			{ filters, listedBy: completeBreakdowns }
		])
	);
	return {
		batchId,
		block: {
			version: 1,
			metrics: metrics.values,
			subjects: subjects.values,
			scopes: scopes.values,
			metricOf: Uint8Array.from(metrics.numbers),
			subjectOf: Uint32Array.from(subjects.numbers),
			scopeOf: Uint16Array.from(scopes.numbers),
			from: Int32Array.from(facts, ({ from }) => dayNumber(from)!),
			to: Int32Array.from(facts, ({ to }) => dayNumber(to)!),
			values: Float64Array.from(facts, ({ value }) => value),
			isEstimate: Uint8Array.from(facts, ({ isEstimate }) => Number(isEstimate))
		}
	};
}

/** Values by key, each once, and the number of each entry's. */
function numbered<T>(entries: readonly (readonly [string, T])[]): { values: T[]; numbers: number[] } {
	const numbers = new Map<string, number>();
	const values: T[] = [];
	return {
		values,
		numbers: entries.map(([key, value]) => {
			if (!numbers.has(key)) numbers.set(key, values.push(value) - 1);
			return numbers.get(key)!;
		})
	};
}
