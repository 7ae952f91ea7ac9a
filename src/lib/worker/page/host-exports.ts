import type { HostEngine } from '../../clickhouse/engine';
import type { HostEvent } from '../../clickhouse/events';
import { CsvFile } from '../../export/csv-file';
import { decimal } from '../../export/events-csv';
import { boardsCsv, dailyCsv, pinsCsv } from '../../export/figures-csv';
import { axisOf } from '../../model/axis';
import { csvRow, csvText } from '../../model/csv-cell';
import { EVENT_COLUMNS } from '../../model/event';
import type { Figures } from '../../model/figures';
import { metricValue, type MetricId } from '../../model/metric';
import type { PinAttributes } from '../../model/answer';
import type { ExportKind, Query } from '../../model/query';

/** The files of exports, from what a host answers. `tell` gets how far it is, from 0 to 1. */
export async function exportFromHost(
	signal: AbortSignal,
	engine: HostEngine,
	kind: ExportKind,
	query: Query,
	tell: (fraction: number) => void
): Promise<Blob | null> {
	switch (kind) {
		case 'daily': {
			const { buckets } = axisOf(query.filter, 'day');
			return dailyCsv(buckets, query.split, await engine.daily(signal, query));
		}
		case 'pins': {
			const pins = await engine.allPins(signal, query);
			return pinsCsv(pins.map((pin) => ({ pinId: pin.pinId, attributes: pin, figure: figureOf(pin) })));
		}
		case 'boards': {
			const boards = await engine.allBoards(signal, query);
			return boardsCsv(boards.map((row) => ({ board: row.board, pins: row.pins, figure: figureOf(row) })));
		}
		case 'events':
			return eventsCsv(signal, engine, query, tell);
		case 'reported':
		case 'ads':
		case 'insights':
		case 'directory':
			return null; // a host holds events
	}
}

function figureOf({ figures }: { readonly figures: Figures }) {
	return (metric: MetricId) => metricValue(metric, figures);
}

async function eventsCsv(
	signal: AbortSignal,
	engine: HostEngine,
	query: Query,
	tell: (fraction: number) => void
): Promise<Blob> {
	const attributes = await engine.attributes(signal, query);
	const file = new CsvFile();
	file.write(csvRow(EVENT_COLUMNS));
	for await (const { events, fraction } of engine.events(signal, query)) {
		for (const event of events) file.write(eventRow(event, attributes.get(event.pinId)));
		tell(fraction);
	}
	return file.finish();
}

function eventRow(event: HostEvent, attributes: PinAttributes | undefined): string {
	const { content_type, source, device, account, format } = event.values;
	const { title, board, link, imageUrl, createdAt } = attributes ?? NO_ATTRIBUTES;
	return csvRow([
		new Date(event.timeMs).toISOString(),
		event.event,
		...[event.pinId, event.userId, content_type, source, device, account, format].map(csvText),
		String(event.count),
		decimal(event.watchMs, 3),
		decimal(event.viewHundredths, 2),
		decimal(event.playedHundredths, 2),
		...[title, board, link, imageUrl, createdAt].map(csvText)
	]);
}

const NO_ATTRIBUTES = { title: '', board: '', link: '', imageUrl: '', createdAt: '' };
