import { ofPaid, questionOf } from '../../engine/reported/question';
import { csvOf } from '../../export/csv-file';
import { insightsTable } from '../../export/insights-table';
import { isSnapshot, type InsightsSnapshot, type SnapshotKey } from '../../model/insights';
import type { ExportFile } from '../../model/made-export';
import type { ExportKind, Query } from '../../model/query';
import type { DaySpan } from '../../model/reported';
import { readUserIds } from '../../store/batches';
import type { WorkspaceDatabase } from '../../store/database';
import { readDirectory } from '../../store/directory';
import { paceOf } from '../threads/pacing';
import { adsEngine } from './ads-engine';
import { exportCsv } from './csv-exports';
import type { ExportRange } from './export-range';
import type { StoredEventDays } from './event-days';
import { PeopleEngine } from './people-engine';
import { reportedOf } from './stored-reports';
import type { StoredData } from './stored-data';

interface ExportRequest {
	readonly kind: ExportKind;
	readonly query: Query;
	/** The days that it is beside; null for none. */
	readonly compared: DaySpan | null;
}

/**
 * The file of an export out of what is stored; null where nothing is that it would be made of.
 * @param tell gets how far it is, from 0 to 1
 */
export function exportFile(
	db: WorkspaceDatabase,
	stored: StoredData,
	signal: AbortSignal,
	{ kind, query, compared }: ExportRequest,
	tell: (fraction: number) => void
): Promise<ExportFile | null> {
	return stored.withoutDamage(async () => {
		const pace = paceOf(signal);
		const { range, before } = await exportRanges(db, stored, signal, { query, compared });
		const blob = await exportCsv(pace, tell, kind, range, before);
		const list = kind === 'pins' ? 'pin' : kind === 'boards' ? 'board' : null;
		const days = (list && range.data.reported?.columns(list).period) ?? null;
		return blob && { blob, days };
	});
}

/** What is stored for an export, in its days and in those that they are beside. */
export async function exportRanges(
	db: WorkspaceDatabase,
	stored: StoredData,
	signal: AbortSignal,
	{ query, compared }: Pick<ExportRequest, 'query' | 'compared'>
): Promise<{ readonly range: ExportRange; readonly before: ExportRange | null }> {
	const pace = paceOf(signal);
	const shared = await stored.engineData(signal, pace);
	const facts = await stored.facts(signal);
	const rangeOf = async (query: Query): Promise<ExportRange> => {
		const plan = stored.plan(query.filter, 'day');
		const reported = await reportedOf(stored, query, plan, facts, shared, everyDay);
		const data = {
			...shared,
			facts,
			reported,
			readSegments: () => stored.read(pace, plan.segments),
			readUserIds: () => readUserIds(db),
			...(facts && letsPaidPass(query) ? { readAds: () => adsEngine(signal, stored).ads(query, null) } : {}),
			...(query.ads
				? {}
				: { readPeople: (other: Query | null) => new PeopleEngine(stored).count(signal, query, other) }),
			readSnapshots: async () => (await stored.insights()).snapshots,
			readDirectory: () => readDirectory(db)
		};
		return { query, plan, data };
	};
	return {
		range: await rangeOf(query),
		before: compared && (await rangeOf({ ...query, filter: { ...query.filter, ...compared } }))
	};
}

/** In a file of days, one without events is a row of zeros wherever any event is stored. */
function everyDay(events: StoredEventDays) {
	return { ...events, covers: () => events.isAnyStored };
}

/** Whether paid content passes the filters of a query. */
function letsPaidPass({ filter }: Query): boolean {
	return ofPaid(questionOf(filter.values)) !== null;
}

/** Some snapshots of Audience insights as CSV; null where they hold no share. */
export function chosenInsightsCsv(
	snapshots: readonly InsightsSnapshot[],
	keys: readonly SnapshotKey[]
): Blob | null {
	const table = insightsTable(snapshots.filter((snapshot) => keys.some((key) => isSnapshot(snapshot, key))));
	return table && csvOf(table);
}
