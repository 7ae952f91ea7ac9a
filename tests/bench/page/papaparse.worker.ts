import Papa from 'papaparse';
import { SAMPLE_COLUMNS } from '../../../src/lib/import/sample';
import {
	CLOSED_VALUES,
	EVENTS,
	FIRST_VIDEO_KIND,
	videoKind,
	type EventColumn
} from '../../../src/lib/model/event';
import type { Columns, PinFacts } from './columns';

/** An event file to columns with PapaParse: a generated file, so that nothing has to be checked. */

const at = (column: EventColumn) => SAMPLE_COLUMNS.indexOf(column as (typeof SAMPLE_COLUMNS)[number]);
const TIMESTAMP = at('timestamp');
const EVENT = at('event');
const PIN_ID = at('pin_id');
const USER_ID = at('user_id');
const CONTENT_TYPE = at('content_type');
const SOURCE = at('source');
const DEVICE = at('device');
const ACCOUNT = at('account');
const FORMAT = at('format');
const COUNT = at('count');
const WATCH_SECONDS = at('watch_seconds');
const VIEW_PERCENT = at('view_percent');
const PLAYED_PERCENT = at('played_percent');
const PIN_TITLE = at('pin_title');
const BOARD = at('board');
const LINK = at('link');

const numbered = (values: readonly string[]) => new Map(values.map((value, index) => [value, index]));
const EVENT_NUMBERS = numbered(EVENTS);
const CONTENT_TYPES = numbered(CLOSED_VALUES.content_type);
const SOURCES = numbered(CLOSED_VALUES.source);
const DEVICES = numbered(CLOSED_VALUES.device);
const FORMATS = numbered(CLOSED_VALUES.format);

/** The number of a text, new ones counted on. */
function numberIn(texts: Map<string, number>, text: string): number {
	let number = texts.get(text);
	if (number === undefined) texts.set(text, (number = texts.size));
	return number;
}

function readFile(file: File, events: number): Promise<Columns> {
	const timestamp = new Float64Array(events);
	const kind = new Uint8Array(events);
	const contentType = new Uint8Array(events);
	const source = new Uint8Array(events);
	const device = new Uint8Array(events);
	const format = new Uint8Array(events);
	const account = new Uint16Array(events);
	const pin = new Uint32Array(events);
	const user = new Uint32Array(events);
	const n = new Uint32Array(events);
	const watchMs = new Uint32Array(events);
	const accounts = new Map<string, number>();
	const pinNumbers = new Map<string, number>();
	const userNumbers = new Map([['', 0]]);
	const pins: { -readonly [Fact in keyof PinFacts]: PinFacts[Fact] }[] = [];

	let length = -1; // the header comes first
	const addRow = (row: readonly string[]) => {
		if (length >= 0) {
			const event = EVENT_NUMBERS.get(row[EVENT]!)!;
			timestamp[length] = Date.parse(row[TIMESTAMP]!);
			const number = (pin[length] = numberIn(pinNumbers, row[PIN_ID]!));
			user[length] = numberIn(userNumbers, row[USER_ID]!);
			contentType[length] = CONTENT_TYPES.get(row[CONTENT_TYPE]!)!;
			source[length] = SOURCES.get(row[SOURCE]!)!;
			device[length] = DEVICES.get(row[DEVICE]!)!;
			format[length] = FORMATS.get(row[FORMAT]!)!;
			account[length] = numberIn(accounts, row[ACCOUNT] || 'unknown');
			n[length] = Number(row[COUNT]);
			if (event === FIRST_VIDEO_KIND) {
				watchMs[length] = Math.round(Number(row[WATCH_SECONDS]) * 1_000);
				const viewed = Math.round(Number(row[VIEW_PERCENT]) * 100);
				const played = Math.round(Number(row[PLAYED_PERCENT]) * 100);
				kind[length] = videoKind(watchMs[length]!, viewed, played);
			} else kind[length] = event;
			const facts = (pins[number] ??= { pinId: row[PIN_ID]!, title: '', board: '', link: '', format: '' });
			facts.title = row[PIN_TITLE] || facts.title;
			facts.board = row[BOARD] || facts.board;
			facts.link = row[LINK] || facts.link;
			facts.format = row[FORMAT]!;
		}
		length++;
	};

	return new Promise((resolve, reject) =>
		Papa.parse<string[]>(file, {
			delimiter: ',',
			skipEmptyLines: true,
			chunk: ({ data }) => data.forEach(addRow),
			error: reject,
			complete: () =>
				resolve({
					length,
					timestamp,
					kind,
					content_type: contentType,
					source,
					device,
					format,
					account,
					pin,
					user,
					n,
					watchMs,
					accounts: [...accounts.keys()],
					pins
				})
		})
	);
}

self.addEventListener('message', (event) => {
	const { file, events } = event.data as { file: File; events: number };
	void readFile(file, events).then((columns) => {
		const transfer = Object.values(columns).flatMap((column) =>
			ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []
		);
		self.postMessage(columns, { transfer });
	});
});
