import { describe, expect, it } from 'vitest';
import { EventRows } from '../../../../../src/lib/import/event-rows';
import { openParquetFile } from '../../../../../src/lib/import/formats/parquet/parquet-file';
import { ProblemError } from '../../../../../src/lib/model/problem';
import { MemoryWorkspace, bufferSource, openFilter, openQuery } from '../../../../support/memory-workspace';
import { takerOf } from '../../../../support/rows-told';
import { asParquet } from '../../../../support/written-as';

const CSV = 'timestamp,event,pin_id,n\n2026-05-01 10:20:30.123456,save,1091700765947216953,1\n';
const exported = openQuery({ filter: openFilter({ from: '2026-04-01', to: '2026-05-31' }) });

/** The row of an export that the first row of a file becomes. */
async function rowOf(select: string, options = '') {
	const workspace = new MemoryWorkspace();
	const result = await workspace.import(await asParquet(CSV, select, options));
	const csv = new TextDecoder().decode(await workspace.exportCsv('events', exported));
	const [names = '', values = ''] = csv.split('\r\n');
	const cells = values.split(',');
	return { ...result, row: Object.fromEntries(names.split(',').map((name, f) => [name, cells[f]])) };
}

const base = (changes: Record<string, string>) =>
	Object.entries({ timestamp: 'timestamp', event: 'event', pin_id: 'pin_id', ...changes })
		.map(([name, sql]) => `${sql} AS ${name}`)
		.join(', ');

describe('a Parquet file', () => {
	it.each([
		['text', 'timestamp', '2026-05-01T10:20:30.123Z'],
		['milliseconds', 'timestamp::TIMESTAMP_MS', '2026-05-01T10:20:30.123Z'],
		['microseconds', 'timestamp::TIMESTAMP', '2026-05-01T10:20:30.123Z'],
		['nanoseconds', 'timestamp::TIMESTAMP_NS', '2026-05-01T10:20:30.123Z'],
		['a time with its zone', "(timestamp || '+02')::TIMESTAMPTZ", '2026-05-01T08:20:30.123Z'],
		['a date', 'timestamp::DATE', '2026-05-01T00:00:00.000Z'],
		['epoch seconds', '1777630830::BIGINT', '2026-05-01T10:20:30.000Z'],
		['epoch milliseconds', '1777630830123::BIGINT', '2026-05-01T10:20:30.123Z']
	])('has its times as %s', async (_, sql, expected) => {
		expect((await rowOf(base({ timestamp: sql }))).row.timestamp).toBe(expected);
	});

	it('says of a time before 1990 that its year is out of range, whatever its digits', async () => {
		const sql = "'1970-02-01'::TIMESTAMP";
		const { rejections } = await rowOf(base({ timestamp: sql }));
		expect(rejections[0]).toMatchObject({ line: 1, reason: 'year_out_of_range' });
	});

	it.each([
		['BIGINT', '1091700765947216953'],
		['UBIGINT', '1091700765947216953'],
		['DECIMAL(18, 0)', '109170076594721695'],
		['DECIMAL(38, 0)', '1091700765947216953'],
		['VARCHAR', '1091700765947216953'],
		['UUID', '00112233-4455-6677-8899-aabbccddeeff']
	])('has ids as %s without losing a digit', async (type, expected) => {
		const sql = `'${expected}'::${type}`;
		expect((await rowOf(base({ pin_id: sql }))).row.pin_id).toBe(expected);
	});

	it.each([
		['UINTEGER', '4294967295', '4294967295'],
		['INTEGER', '7', '7'],
		['TINYINT', '7', '7'],
		['DOUBLE', '7', '7'],
		['DECIMAL(9, 2)', '7', '7'],
		['HUGEINT', '7', '7']
	])('has counts as %s', async (type, value, expected) => {
		expect((await rowOf(base({ count: `${value}::${type}` }))).row.count).toBe(expected);
	});

	it.each([
		['DECIMAL(9, 3)', '12.345', '12.345'],
		['DECIMAL(30, 3)', '12.345', '12.345'],
		['DOUBLE', '12.345', '12.345'],
		['FLOAT', '12.5', '12.5'],
		['DOUBLE', '0.0005', '0.001'],
		['DECIMAL(9, 4)', '0.0005', '0.001']
	])('has seconds as %s of %s', async (type, value, expected) => {
		const select = base({ event: "'video_play'", watch_seconds: `${value}::${type}` });
		expect((await rowOf(select)).row.watch_seconds).toBe(expected);
	});

	it.each(['snappy', 'zstd', 'gzip', 'brotli', 'lz4_raw', 'uncompressed'])(
		'is read with %s',
		async (codec) => {
			expect(await rowOf(base({}), `COMPRESSION ${codec}`)).toMatchObject({ accepted: 1, rejected: 0 });
		}
	);

	it('leaves out and names the columns that are not events, nested ones too', async () => {
		const select = `${base({})}, n, [1, 2] AS list, {'a': 1} AS board`;
		expect((await rowOf(select)).unknownColumns).toEqual(['n', 'list', 'board']);
	});

	it('keeps an apostrophe that guards nothing in Parquet', async () => {
		const { row } = await rowOf(base({ pin_title: "'''=1+1'" }));
		expect(row.pin_title).toBe("''=1+1"); // with the export's own in front
	});

	it.each(['PARQUET_VERSION v1', 'PARQUET_VERSION v2', 'DICTIONARY_SIZE_LIMIT 1'])(
		'with any byte of its columns spoiled is read or refused, written with %s',
		async (options) => {
			const rows = Array.from(
				{ length: 40 },
				(_, i) => `2026-05-0${1 + (i % 7)},save,${i % 3},${i % 2 || ''}`
			);
			const csv = `timestamp,event,pin_id,n\n${rows.join('\n')}\n`;
			const select = "timestamp::TIMESTAMP AS timestamp, event, pin_id, n::INT AS count, 'u' || n AS user_id";
			const parquet = await asParquet(csv, select, `${options}, COMPRESSION uncompressed`);
			const footer = new DataView(parquet.buffer).getUint32(parquet.length - 8, true);
			const { signal } = new AbortController();
			const { header } = await openParquetFile(bufferSource(parquet));
			let read = 0;
			const problems = new Set<string>();
			for (let at = 4; at < parquet.length - 8 - footer; at++) {
				for (const spoilt of [0, 0xff, parquet[at]! ^ 1]) {
					const bytes = parquet.slice();
					bytes[at] = spoilt;
					try {
						const rowsRead = new EventRows(header, []);
						await (await openParquetFile(bufferSource(bytes))).give(signal, 0, 1)(
							takerOf(rowsRead),
							async () => {},
							rowsRead
						);
						expect(rowsRead.accepted + rowsRead.rejected).toBe(rows.length);
						read++;
					} catch (error) {
						if (!(error instanceof ProblemError)) throw error;
						problems.add(error.problem.code);
					}
				}
			}
			expect(read).toBeGreaterThan(0);
			expect([...problems]).toEqual(['damaged_parquet']);
		},
		30_000
	);

	it('numbers rejected rows from 1, over all row groups and parts, and hands them back', async () => {
		const rows = Array.from({ length: 5_000 }, (_, i) =>
			[2_100, 4_500].includes(i) ? 'never,save,9,1' : `2026-05-0${1 + (i % 7)},save,${i % 11},1`
		);
		const csv = `timestamp,event,pin_id,n\n${rows.join('\n')}\n`;
		const parquet = await asParquet(csv, '*', 'ROW_GROUP_SIZE 2048');
		const [alone, together] = [new MemoryWorkspace(), new MemoryWorkspace()];
		const first = await alone.import(parquet);
		const second = await together.import(parquet, 2);
		expect(first.rejections.map(({ line }) => line)).toEqual([2_101, 4_501]);
		expect(second.rejections).toEqual(first.rejections);
		expect(second.parts).toHaveLength(2);
		expect(together.rejectedCsv).toBe(alone.rejectedCsv);
		expect(alone.rejectedCsv).toContain('never,save,9');
		expect(await together.answer(exported)).toEqual(await alone.answer(exported));
	});

	it('rejects the accounts that come last in the file where they are too many, in parts too', async () => {
		const rows = Array.from({ length: 10_500 }, (_, i) => `2026-05-01,save,1,account ${i}`);
		const csv = `timestamp,event,pin_id,account\n${rows.join('\n')}\n`;
		const parquet = await asParquet(csv, '*', 'ROW_GROUP_SIZE 2048');
		const { accepted, rejected, rejections } = await new MemoryWorkspace().import(parquet, 2);
		expect([accepted, rejected]).toEqual([10_000, 500]);
		expect(rejections[0]!.value).toBe('account 10000');
	});
});
