import type { RejectReason, Rejection } from '../model/problem';
import { EventRows, type RowFields } from './event-rows';
import type { Header } from './header';
import { REJECTIONS_TOLD, type PartProgress, type PartResult, type PartSink } from './part';
import { RejectedRows } from './rejected-rows';

/** Takes rows in, whatever format they were written in. */
export interface RowTaker {
	add(bytes: Uint8Array, row: RowFields): void;
	/** Rejects a row that has no cells; `bytes` is what stands there instead. */
	reject(bytes: Uint8Array, line: number, reason: RejectReason): void;
	/** Comes before the bytes of the rows that were added change. */
	settle(bytes: Uint8Array): void;
}

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

/** How much of what is no row a report shows, in characters. */
const SHOWN_CHARACTERS = 120;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads rows that are not delimited text into a sink, through the same checks as a CSV's (event-rows.ts).
 * @param accounts names that the workspace has numbered already, in that order
 */
export async function readRows(
	header: Header,
	accounts: readonly string[],
	sink: PartSink,
	give: GiveRows,
	onSlice: (progress: PartProgress) => void
): Promise<PartResult> {
	const rows = new EventRows(header, accounts);
	const rejected = new RejectedRows(header.names.length);
	const rejections: Rejection[] = [];
	const numbers = { pins: new Uint32Array(0), users: new Uint32Array(0), accounts: new Uint32Array(0) };
	let notRows = 0;

	const keep = (bytes: Uint8Array, row: RowFields, rejection: Rejection) => {
		if (rejections.length < REJECTIONS_TOLD) rejections.push(rejection);
		rejected.add(bytes, row, rejection);
	};
	const taker: RowTaker = {
		add: (bytes, row) => {
			const rejection = rows.add(bytes, row);
			if (rejection) keep(bytes, row, rejection);
		},
		reject: (bytes, line, reason) => {
			notRows++;
			const text = decoder.decode(bytes.subarray(0, SHOWN_CHARACTERS * 4));
			const value = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
			const cells = { starts: Int32Array.of(0), ends: Int32Array.of(bytes.length), fields: 1, line };
			keep(bytes, cells, { line, column: null, reason, value });
		},
		settle: (bytes) => rows.settle(bytes)
	};
	const updateNumbers = async () => {
		const { pins, users, accounts: names } = rows;
		const { length } = numbers.pins;
		numbers.pins = join(numbers.pins, await sink.intern('pin', pins.blockFrom(length)));
		numbers.users = join(numbers.users, await sink.intern('user', users.blockFrom(numbers.users.length)));
		numbers.accounts = join(
			numbers.accounts,
			await sink.intern('account', names.blockFrom(numbers.accounts.length))
		);
	};
	const flush = async (isEnd: boolean) => {
		const block = rejected.take();
		if (block) await sink.writeRejected(block);
		if (rows.run.rows < RUN_ROWS && !(isEnd && rows.run.rows > 0)) return;
		await updateNumbers();
		await sink.writeSegments(rows.run.finish(numbers));
	};

	const afterBlock = async (bytesDone: number) => {
		await flush(false);
		onSlice({ bytesDone, accepted: rows.accepted, rejected: rows.rejected + notRows });
	};
	const { lines } = await give(taker, afterBlock, rows);
	await flush(true);
	return {
		hashes: [],
		firstRow: 0,
		nextRow: 0,
		lines,
		stopped: 'end',
		accepted: rows.accepted,
		rejected: rows.rejected + notRows,
		rejections,
		firstMs: rows.firstMs,
		lastMs: rows.lastMs,
		claims: rows.claims.finish(numbers.pins)
	};
}

function join(a: Uint32Array, b: Uint32Array): Uint32Array<ArrayBuffer> {
	const both = new Uint32Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}
