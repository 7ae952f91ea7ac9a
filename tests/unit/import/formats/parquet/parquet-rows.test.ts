import fc from 'fast-check';
import type { Encoding, SchemaElement } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { EventRows } from '../../../../../src/lib/import/event-rows';
import {
	openParquetFile,
	type ParquetFile
} from '../../../../../src/lib/import/formats/parquet/parquet-file';
import { pick, seededRandom, type Random } from '../../../../../src/lib/import/sample-random';
import { EVENT_COLUMNS, type EventColumn } from '../../../../../src/lib/model/event';
import { bufferSource, utf8 } from '../../../../support/memory-workspace';
import { takerOf } from '../../../../support/rows-told';
import { typedParquet, type TypedColumn } from '../../../../support/typed-parquet';
import { byLength } from '../../../../support/test-length';

/** An account that the workspace knows before. */
const ACCOUNTS = ['b.example'];

async function readTogether(file: ParquetFile) {
	const rows = new EventRows(file.header, ACCOUNTS);
	const taker = takerOf(rows);
	const give = file.give(new AbortController().signal, 0, file.groups.length);
	const { lines } = await give(taker, async () => {}, rows);
	return { ...taker.told(), lines };
}

async function readOneByOne(file: ParquetFile) {
	const taker = takerOf(new EventRows(file.header, ACCOUNTS));
	let lines = 0;
	for (let index = 0; index < file.groups.length; index++) {
		const group = await file.read(index);
		for (let row = 0; row < group.rows; row++) group.give(row, lines++, taker);
	}
	return { ...taker.told(), lines };
}

/** A type that a column can have, and values of it, as Parquet has them. */
interface Kind {
	readonly type: Omit<SchemaElement, 'name'>;
	readonly values: TypedColumn['values'];
}

const kind = (type: Kind['type'], ...values: Kind['values'][number][]): Kind => ({ type, values });
const text = (...values: string[]) =>
	kind({ type: 'BYTE_ARRAY', converted_type: 'UTF8' }, ...values.map(utf8));
const unsigned = (bitWidth: number) => ({ type: 'INTEGER', bitWidth, isSigned: false }) as const;
const decimal = (type: 'INT32' | 'INT64', scale: number, ...values: Kind['values'][number][]) =>
	kind({ type, logical_type: { type: 'DECIMAL', precision: 9, scale } }, ...values);
const time = (unit: 'MILLIS' | 'MICROS' | 'NANOS', ...values: bigint[]) =>
	kind({ type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit } }, ...values);

const MS = 1_709_200_800_000n; // 2024-02-29T10:00:00Z
const FAR = [0n, -1n, 2n ** 62n, -(2n ** 63n), 2n ** 63n - 1n];

/** A time of 96 bits: nanoseconds of the day, and the Julian day. */
function int96(nanoseconds: bigint, day: number): Uint8Array {
	const bytes = new Uint8Array(12);
	const view = new DataView(bytes.buffer);
	view.setBigInt64(0, nanoseconds, true);
	view.setInt32(8, day, true);
	return bytes;
}

const uuid = (n: number) => Uint8Array.from({ length: 16 }, (_, i) => i * n);

const INSTANTS: readonly Kind[] = [
	text(
		'2024-02-29T10:00:00.000Z',
		'2024-03-01T00:00:00.001Z',
		'2024-01-05 12:00',
		'1714521600',
		'never',
		'',
		' '
	),
	text('2024-02-29T10:00:00.000Z', '1980-01-01', '2023-02-29', "'2024-01-01"),
	time('MILLIS', MS, MS + 1n, MS - 86_400_000n, ...FAR),
	time('MICROS', MS * 1000n, MS * 1000n + 999n, MS * 1000n - 1n, ...FAR),
	time('NANOS', MS * 1_000_000n, MS * 1_000_000n + 999_999n, MS * 1_000_000n - 1n, ...FAR),
	kind({ type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, MS, MS + 5n, -5n),
	kind({ type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, MS * 1000n, MS * 1000n + 5n, -5n),
	kind({ type: 'INT96' }, int96(0n, 2_460_370), int96(86_399_999_999_999n, 2_460_369), int96(5n, 0)),
	kind({ type: 'INT32', converted_type: 'DATE' }, 19_782, 19_783, 0, -5, 2 ** 31 - 1),
	kind({ type: 'INT64' }, 1_714_521_600n, 1_714_521_600_123n, 5n, -1_714_521_600n, 2n ** 62n),
	kind({ type: 'DOUBLE' }, 1_714_521_600, 1_714_521_600_123, 1.5, NaN)
];
const IDS: readonly Kind[] = [
	text('1', '2', '33333333333333333333', ' 1', '1 ', 'é', "'=6", "''=6", "'", '', ' ', 'a\u00a0'),
	text(
		'=7',
		'-8',
		'"9"',
		'\u{1F4CC}',
		'a long id, longer than sixty-four bytes, which is copied in another way'
	),
	kind({ type: 'INT64' }, 1_091_700_765_947_216_953n, -5n, 0n),
	kind({ type: 'INT64', logical_type: unsigned(64) }, 7n, -1n),
	kind({ type: 'INT64', converted_type: 'UINT_64' }, 7n, -1n),
	kind({ type: 'INT32', logical_type: unsigned(32) }, 7, -1),
	kind({ type: 'INT32' }, 7, -1),
	kind({ type: 'DOUBLE' }, 7, 7.5, 1e300),
	kind({ type: 'BOOLEAN' }, true, false),
	kind({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }, uuid(1), uuid(3)),
	kind({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2 }, utf8('ab'), utf8(' a')),
	kind(
		{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', scale: 0, precision: 38 },
		uuid(1),
		uuid(17)
	)
];
const NUMBERS: readonly Kind[] = [
	text('1', '2', '', ' ', '0', '1.0', '70000', '-1', 'x', '1e3', '0.0005', '100.001', '4294967296'),
	kind({ type: 'INT32' }, 1, 95, 0, -1, 101),
	kind({ type: 'INT32', converted_type: 'UINT_32' }, 1, 95, -1),
	kind({ type: 'INT64' }, 1n, 50n, 0n, -1n, 4_294_967_296n),
	kind({ type: 'DOUBLE' }, 1, 12.345, 0.0005, 99.999, 100.001, -0, NaN, Infinity, 1e21),
	kind({ type: 'FLOAT' }, 1, 12.5, -1),
	decimal('INT32', 2, 100, 5_000, 10_001, -1),
	decimal('INT64', 4, 10_000n, 5n, 999_999n, -1n),
	kind({ type: 'BOOLEAN' }, true, false)
];
const ATTRIBUTES: readonly Kind[] = [
	text('x', 'y', '', "'=1+1", "'quoted'", 'ü', ' x '),
	kind({ type: 'INT64' }, 1n, 2n),
	time('MICROS', 1n, MS * 1000n),
	kind({ type: 'INT32', converted_type: 'DATE' }, 0, 19_782)
];

const KINDS: Readonly<Record<EventColumn, readonly Kind[]>> = {
	timestamp: INSTANTS,
	event: [
		text('impression', 'video_play', 'Pin Click', ' SAVE ', '', 'like'),
		text('video_play', 'video_play', 'save'),
		kind({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 4 }, utf8('save'), utf8('like'))
	],
	pin_id: IDS,
	user_id: IDS,
	content_type: [text('organic', 'paid', '', ' PAID', 'free')],
	source: [text('own', 'other', '', ' ', 'Other ')],
	device: [text('', 'mobile', 'tablet', 'desktop', 'phone')],
	account: [text('a.example', 'b.example', '', ' a.example', "'=c", 'unknown'), ...IDS],
	format: [text('standard', 'video', '', 'IDEA', 'other')],
	count: NUMBERS,
	watch_seconds: NUMBERS,
	view_percent: NUMBERS,
	played_percent: NUMBERS,
	pin_title: ATTRIBUTES,
	board: ATTRIBUTES,
	link: ATTRIBUTES,
	image_url: ATTRIBUTES,
	created_at: INSTANTS
};

const ENCODINGS: Readonly<Record<string, readonly Encoding[]>> = {
	BYTE_ARRAY: ['PLAIN', 'RLE_DICTIONARY', 'RLE_DICTIONARY', 'DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY'],
	INT32: ['PLAIN', 'RLE_DICTIONARY', 'DELTA_BINARY_PACKED', 'BYTE_STREAM_SPLIT'],
	INT64: ['PLAIN', 'RLE_DICTIONARY', 'DELTA_BINARY_PACKED', 'BYTE_STREAM_SPLIT'],
	DOUBLE: ['PLAIN', 'RLE_DICTIONARY', 'BYTE_STREAM_SPLIT'],
	BOOLEAN: ['PLAIN', 'RLE']
};

/** A table of events: mostly rows that are accepted and alike, with all else among them. */
function inventTable(random: Random): TypedColumn[] {
	const rows = Math.floor(random() * 120);
	const spoilt = pick(random, [0, 0.01, 0.1]);
	const missing = pick(random, [0, 0.01, 0.5]);
	const names = EVENT_COLUMNS.filter((_, c) => c < 3 || random() < 0.7);
	return names.map((name, c): TypedColumn => {
		const { type, values } = random() < 0.5 ? KINDS[name][0]! : pick(random, KINDS[name]);
		const mayMiss = random() < (c < 3 ? 0.1 : 0.5);
		return {
			name,
			type,
			encoding: pick(random, ENCODINGS[type.type!] ?? ['PLAIN', 'RLE_DICTIONARY']),
			values: Array.from({ length: rows }, () => {
				if (mayMiss && random() < missing) return null;
				return random() < spoilt ? pick(random, values) : pick(random, values.slice(0, 2));
			})
		};
	});
}

describe('ParquetRows', () => {
	it('makes of a table what its rows make one by one, whatever the types of its columns', async () => {
		const seen = new Set<Kind['type']>();
		let accepted = 0;
		let rejected = 0;
		await fc.assert(
			fc.asyncProperty(fc.integer(), async (seed) => {
				const random = seededRandom(seed, 0);
				const table = inventTable(random);
				const bytes = typedParquet(table, {
					groupRows: pick(random, [7, 50, 1_000]),
					pageBytes: pick(random, [40, 400, 1 << 20]),
					codec: pick(random, ['UNCOMPRESSED', 'SNAPPY'])
				});
				const file = await openParquetFile(bufferSource(bytes));
				const read = await readTogether(file);
				expect(read).toEqual(await readOneByOne(file));
				expect(read.accepted + read.rejected).toBe(table[0]!.values.length);
				for (const { type } of table) seen.add(type);
				accepted += read.accepted;
				rejected += read.rejected;
			}),
			{ seed: 12, numRuns: byLength(200, 1_500) }
		);
		expect(Math.min(accepted, rejected)).toBeGreaterThan(byLength(1_300, 10_000));
		for (const { type } of Object.values(KINDS).flat()) expect(seen).toContain(type);
	}, 60_000);

	it('keeps the newest attributes where two cells are the same Pin, and where EventRows has seen another since', async () => {
		const column = (name: string, values: string[]): TypedColumn => ({
			name,
			type: text().type,
			encoding: 'RLE_DICTIONARY',
			values: values.map(utf8)
		});
		const row = fc.record({
			time: fc.constantFrom('2024-05-01', '2024-05-02', '2024-05-03'),
			pin: fc.constantFrom('p', ' p'),
			count: fc.constantFrom('1', '1', '0'),
			title: fc.constantFrom('', 'x', 'y'),
			board: fc.constantFrom('', 'b')
		});
		await fc.assert(
			fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8, size: 'max' }), async (rows) => {
				const table = [
					column(
						'timestamp',
						rows.map(({ time }) => time)
					),
					column(
						'event',
						rows.map(() => 'save')
					),
					column(
						'pin_id',
						rows.map(({ pin }) => pin)
					),
					column(
						'count',
						rows.map(({ count }) => count)
					),
					column(
						'pin_title',
						rows.map(({ title }) => title)
					),
					column(
						'board',
						rows.map(({ board }) => board)
					)
				];
				const bytes = typedParquet(table, { groupRows: 4, pageBytes: 1 << 20, codec: 'UNCOMPRESSED' });
				const file = await openParquetFile(bufferSource(bytes));
				expect(await readTogether(file)).toEqual(await readOneByOne(file));
			}),
			{ seed: 13, numRuns: byLength(150, 1_000) }
		);
	}, 60_000);
});
