import type { DirectoryBoard, DirectoryPin } from '../../model/directory';
import type { RejectReason } from '../../model/problem';
import { NOT_A_TIME, OUT_OF_YEARS, parseTimestamp } from '../cells/timestamp';
import { pinIdIn } from '../reported/cells';
import type { FactCollector } from '../reported/fact-collector';
import { readArchiveLine } from './archive-line';
import type { HtmlLine } from './html-lines';

/** Gathers the lines of an archive's page to Pins and boards. */

/** What is kept of a block, by the names of its lines. All else is not even held until the block ends. */
const FIELD_OF = {
	title: 'title',
	'board id': 'boardId',
	'board name': 'board',
	'canonical link': 'link',
	'created at': 'createdAt',
	'is video': 'isVideo',
	id: 'id',
	name: 'name'
} as const;
type Field = (typeof FIELD_OF)[keyof typeof FIELD_OF];

function isField(key: string): key is keyof typeof FIELD_OF {
	return Object.hasOwn(FIELD_OF, key);
}

/** What rejected rows hold. */
const COLUMNS = ['Pin', 'Title', 'Board Id', 'Board Name', 'Canonical Link', 'Created at'];

/** Headings of lists that are not of one's Pins or boards, though they name some. */
const OTHER_LIST = /comment|search|reaction|\blike|message|follow|\btry|\btried|hidden|\bads?\b/i;

interface Block {
	readonly line: number;
	/** '' where the block starts without one. */
	readonly address: string;
	readonly fields: Partial<Record<Field, string>>;
}

export class ArchiveBlocks {
	readonly pins: DirectoryPin[] = [];
	/** By id. */
	readonly boards = new Map<string, DirectoryBoard>();
	readonly #collector: FactCollector;
	#block: Block | null = null;
	#isOfBoards = false;
	#isOther = false;

	constructor(collector: FactCollector) {
		this.#collector = collector;
	}

	add({ html, isHeading, line }: HtmlLine): void {
		if (isHeading) {
			this.finish();
			this.#isOfBoards = /\bboards?\b/i.test(html);
			this.#isOther = OTHER_LIST.test(html);
			return;
		}
		if (this.#isOther) return;
		const read = readArchiveLine(html, isField);
		if (read.kind === 'address') {
			this.finish();
			this.#block = { line, address: read.address, fields: {} };
		} else if (read.kind === 'value' && isField(read.key)) {
			this.#take(FIELD_OF[read.key], read.value, line);
		}
	}

	/** Ends the last block. */
	finish(): void {
		const block = this.#block;
		this.#block = null;
		if (!block) return;
		if (/\/pin\//i.test(block.address)) this.#finishPin(block);
		else if (this.#isOfBoards) this.#finishBoard(block);
	}

	/** A text may go on below with lines that look like others: the first of a name counts. */
	#take(field: Field, value: string, line: number): void {
		const isNext = this.#isOfBoards && this.#block?.address === '' && this.#block.fields[field] !== undefined;
		if (isNext) this.finish();
		if (!this.#block && this.#isOfBoards) this.#block = { line, address: '', fields: {} };
		if (this.#block) this.#block.fields[field] ??= value;
	}

	#finishPin({ line, address, fields }: Block): void {
		const { title = '', boardId = '', board = '', link = '', createdAt = '' } = fields;
		// A mere link to a Pin is no block of one.
		if (Object.keys(fields).length === 0) return;
		const reject = (column: string, reason: RejectReason, value: string) =>
			this.#collector.reject(
				line,
				{ column, reason, value },
				[address, title, boardId, board, link, createdAt],
				COLUMNS
			);
		const pinId = pinIdIn(address);
		if (pinId === null) return reject('Pin', 'unknown_value', address);
		const created = createdAt === '' ? null : readStamp(createdAt);
		if (created === NOT_A_TIME) return reject('Created at', 'not_a_time', createdAt);
		if (created === OUT_OF_YEARS) return reject('Created at', 'year_out_of_range', createdAt);
		this.#collector.accept();
		this.pins.push({
			pinId,
			title,
			board,
			boardId,
			link,
			createdAt: created === null ? '' : new Date(created).toISOString(),
			format: /^(?:true|yes|1)$/i.test(fields.isVideo ?? '') ? 'video' : ''
		});
		if (boardId !== '' && board !== '') this.boards.set(boardId, { id: boardId, name: board });
	}

	#finishBoard({ fields }: Block): void {
		const id = fields.id ?? fields.boardId ?? '';
		const name = fields.name ?? fields.board ?? fields.title ?? '';
		if (!/^\d{5,}$/.test(id) || name === '') return;
		this.#collector.accept();
		this.boards.set(id, { id, name });
	}
}

const encoder = new TextEncoder();

/** The instant of `2026/02/03 10:11:12` (UTC), or a code of parseTimestamp. */
function readStamp(text: string): number {
	const bytes = encoder.encode(text.replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3'));
	return parseTimestamp(bytes, 0, bytes.length);
}
