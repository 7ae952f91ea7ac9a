import type { EngineData } from '../engine/answer';
import { compileFilter } from '../engine/combinations';
import { dailyFigures } from '../engine/daily';
import { listBoards, listPins } from '../engine/lists';
import type { Pace } from '../engine/pace';
import type { Plan } from '../engine/plan';
import { selectEvents } from '../engine/select-events';
import { EventsCsv } from '../export/events-csv';
import { boardsCsv, dailyCsv, pinsCsv } from '../export/figures-csv';
import type { ExportKind, Query } from '../model/query';

/** What the engine finds, as the file that an export is. `plan` is by day. */
export async function exportCsv(
	pace: Pace,
	kind: ExportKind,
	query: Query,
	plan: Plan,
	data: EngineData
): Promise<Blob> {
	const { catalogue, segments } = data;
	switch (kind) {
		case 'daily':
			return dailyCsv(plan.buckets, query.split, await dailyFigures(pace, query, plan, data));
		case 'pins': {
			const { order, figures } = await listPins(pace, query, plan, data);
			return pinsCsv(catalogue, order, figures);
		}
		case 'boards': {
			const { order, figures, pins } = await listBoards(pace, query, plan, data);
			return boardsCsv(catalogue, order, figures, pins);
		}
		case 'events': {
			const csv = new EventsCsv(catalogue, segments);
			const filter = compileFilter(query.filter, catalogue.accounts);
			for await (const selection of selectEvents(pace, plan, segments, filter)) csv.write(selection);
			return csv.finish();
		}
	}
}
