import type { Segment } from '../columns/segment';
import type { TextBlocks } from '../columns/text-blocks';
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

/** What is stored, and what exports alone read of it. */
export interface ExportData extends EngineData {
	readonly readSegments: () => Promise<readonly Segment[]>;
	readonly readUserIds: () => Promise<TextBlocks>;
}

/** What the engine finds, as the file that an export is. `plan` is by day. */
export async function exportCsv(
	pace: Pace,
	kind: ExportKind,
	query: Query,
	plan: Plan,
	data: ExportData
): Promise<Blob> {
	const { catalogue } = data;
	if (kind === 'daily') return dailyCsv(plan.buckets, query.split, await dailyFigures(query, plan, data));
	const segments = await data.readSegments();
	switch (kind) {
		case 'pins': {
			const { order, figures } = await listPins(pace, query, plan, { catalogue, segments });
			return pinsCsv(catalogue, order, figures);
		}
		case 'boards': {
			const { order, figures, pins } = await listBoards(pace, query, plan, { catalogue, segments });
			return boardsCsv(catalogue, order, figures, pins);
		}
		case 'events': {
			const csv = new EventsCsv(catalogue, await data.readUserIds(), segments);
			const filter = compileFilter(query.filter, catalogue.accounts);
			for await (const selection of selectEvents(pace, plan, segments, filter)) csv.write(selection);
			return csv.finish();
		}
	}
}
