import type { TextNumbers } from '../columns/dictionary';
import type { OwnRenumbering } from '../columns/run-builder';
import { ownDimension } from '../model/dimension';
import type { Rejection } from '../model/problem';
import type { OwnCells } from './cells/own-cells';
import { EventRows } from './event-rows';
import type { Header } from './header';
import {
	REJECTIONS_TOLD,
	type PartExtent,
	type PartProgress,
	type PartResult,
	type PartSink,
	type Vocabulary
} from './part';
import { RejectedRows } from './rejected-rows';
import type { RowFields, RowTaker } from './row-fields';
import { shownText } from './shown-text';

/**
 * Gives all rows of a part to a taker, with lines from 0.
 * @param afterBlock to be awaited after each stretch of rows, with the bytes read so far
 * @param rows where the taker's rows come to; who knows what their cells mean may keep some there without the taker
 */
export type GiveRows = (
	taker: RowTaker,
	afterBlock: (bytesDone: number) => Promise<void>,
	rows: EventRows
) => Promise<{ lines: number }>;

/** So many rows are collected before they are sorted and cut into segments. */
const RUN_ROWS = 1 << 20;

/**
 * Reads rows that are not delimited text into a sink, through the same checks as a CSV's (event-rows.ts).
 * @param accounts names that the workspace has numbered already, in that order
 * @throws whatever `give` and the sink throw; what the sink was given until then is to be thrown away
 */
export async function readRows(
	header: Header,
	accounts: readonly string[],
	sink: PartSink,
	give: GiveRows,
	onSlice: (progress: PartProgress) => void
): Promise<PartResult> {
	const rows = new EventRows(header, accounts);
	return collectRows(rows, header, sink, onSlice, async (taker, afterBlock) => {
		const { lines } = await give(taker, afterBlock, rows);
		return { hashes: [], firstRow: 0, nextRow: 0, lines, stopped: 'end' };
	});
}

/**
 * Collects the rows of a part, and hands them on to a sink: segments by the million rows, rejected rows after each block.
 * @param rows what the rows come to; empty
 * @param give as GiveRows; says how far the part was read
 * @throws whatever `give` and the sink throw, once nothing more is written
 */
export async function collectRows(
	rows: EventRows,
	header: Header,
	sink: PartSink,
	onSlice: (progress: PartProgress) => void,
	give: (taker: RowTaker, afterBlock: (bytesDone: number) => Promise<void>) => Promise<PartExtent>
): Promise<PartResult> {
	const rejected = new RejectedRows(header.names.length);
	const rejections: Rejection[] = [];
	const numbers = new Numbers(sink, rows);
	let notRows = 0;
	let writing = Promise.resolve();

	const keep = (bytes: Uint8Array, row: RowFields, rejection: Rejection) => {
		if (rejections.length < REJECTIONS_TOLD) rejections.push(rejection);
		rejected.add(bytes, row, rejection);
	};
	const taker: RowTaker = {
		add: (bytes, row) => {
			const rejection = rows.add(bytes, row);
			if (rejection) keep(bytes, row, rejection);
		},
		reject: (bytes, row, column, reason) => {
			notRows++;
			const field = column === null ? 0 : header.fieldOf[column];
			const value = shownText(bytes, row.starts[field]!, row.ends[field]!);
			keep(bytes, row, { line: row.line, column, reason, value });
		},
		settle: (bytes) => rows.settle(bytes)
	};
	const flush = async (isEnd: boolean) => {
		const block = rejected.take();
		if (block) await sink.writeRejected(block);
		if (rows.run.rows < RUN_ROWS && !(isEnd && rows.run.rows > 0)) return;
		await numbers.update();
		const segments = rows.run.finish(numbers);
		rows.own?.endRun();
		await writing;
		writing = sink.writeSegments(segments); // while the next rows are read
		writing.catch(() => undefined); // is met where it is awaited below
	};

	let extent: PartExtent;
	try {
		extent = await give(taker, async (bytesDone) => {
			await flush(false);
			onSlice({ bytesDone, accepted: rows.accepted, rejected: rows.rejected + notRows });
		});
		await flush(true);
	} finally {
		await writing.catch(() => undefined); // so that nothing comes after what is thrown away
	}
	await writing;
	return {
		...extent,
		accepted: rows.accepted,
		rejected: rows.rejected + notRows,
		rejections,
		firstMs: rows.firstMs,
		lastMs: rows.lastMs,
		claims: rows.claims.finish(numbers.pins),
		offered: rows.offered?.finish() ?? []
	};
}

/** The workspace's numbers of what a part's rows have numbered for themselves; grows as the part is read. */
class Numbers {
	pins = new Uint32Array(0);
	users = new Uint32Array(0);
	accounts = new Uint32Array(0);
	own: OwnRenumbering | null = null;
	readonly #sink: PartSink;
	readonly #rows: EventRows;

	constructor(sink: PartSink, rows: EventRows) {
		this.#sink = sink;
		this.#rows = rows;
	}

	/** Asks the sink for the numbers of what is new since the last time. */
	async update(): Promise<void> {
		const { pins, users, accounts } = this.#rows;
		this.pins = await this.#with(this.pins, 'pin', pins);
		this.users = await this.#with(this.users, 'user', users);
		this.accounts = await this.#with(this.accounts, 'account', accounts);
		if (this.#rows.own) this.own = await this.#ownNumbers(this.#rows.own);
	}

	async #ownNumbers({ names, tuples, values }: OwnCells): Promise<OwnRenumbering> {
		const numbers: Uint32Array[] = [];
		for (const [c, name] of names.entries()) {
			const known = this.own?.values[c] ?? new Uint32Array(0);
			numbers.push(await this.#with(known, ownDimension(name), values[c]!));
		}
		return { names, tuples, values: numbers };
	}

	async #with(known: Uint32Array, vocabulary: Vocabulary, texts: TextNumbers) {
		const added = await this.#sink.intern(vocabulary, texts.blockFrom(known.length));
		const all = new Uint32Array(known.length + added.length);
		all.set(known);
		all.set(added, known.length);
		return all;
	}
}
