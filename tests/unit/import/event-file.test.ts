import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { SLICE_BYTES, fingerprintOf } from '../../../src/lib/import/fingerprint';
import type { PartRange, PartResult } from '../../../src/lib/import/part';
import { NO_OWN_CHOICE } from '../../../src/lib/import/own-header';
import type { PartReader } from '../../../src/lib/import/part-reader';
import { MAX_OPEN_VALUES } from '../../../src/lib/model/event';
import { MemoryWorkspace, bufferSource, openFilter, openQuery, utf8 } from '../../support/memory-workspace';
import { importEventFile } from '../../support/part-reader';
import { byLength } from '../../support/test-length';

const HEADER = 'timestamp,event,pin_id,user_id,account,pin_title,filler\n';
const everything = openQuery({ top: 1_000 });

/** What a reader of delimited text alone has besides. */
const idle = {
	hasBadText: false,
	readRows: () => Promise.reject(new Error('not asked for')),
	openParquet: () => Promise.reject(new Error('not asked for'))
};

const cell = fc.oneof(
	fc.constantFrom(
		'',
		' ',
		'2024-05-01',
		'2024-05-01T10:00',
		'never',
		'save',
		'hover',
		'p1',
		'u1',
		'a "b"',
		'two\nlines',
		'x\r\ny'
	),
	fc.string({ maxLength: 4 }).map((text) => text.replace(/\r|\uFEFF/g, ''))
);
const row = fc.oneof(
	{ weight: 2, arbitrary: fc.array(cell, { maxLength: 9 }) },
	{
		weight: 3,
		arbitrary: fc
			.record({ title: cell, filler: cell })
			.map(({ title, filler }) => ['2024-05-01', 'save', 'p', 'u', '', title, filler])
	}
);
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

describe('readEvents', () => {
	it('accepts or rejects every row, and names the line that each rejected one starts on', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (cells) => {
				const text = HEADER + cells.map((row) => row.map(quoted).join(',')).join('\n');
				const workspace = new MemoryWorkspace();
				const { accepted, rejected, rejections } = await workspace.import(utf8(text));
				const { data } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' });
				const rows = data.slice(1).filter((row) => row.length > 1 || row[0] !== '');
				expect(accepted + rejected).toBe(rows.length);
				expect(rejections).toHaveLength(rejected);

				// The text from a rejected row's line on starts with that row.
				const lines = text.split(/\r\n|\n/);
				for (const { line, value, column } of rejections) {
					const rest = lines.slice(line - 1).join('\n');
					const [first] = Papa.parse<string[]>(rest, { delimiter: ',', newline: '\n', preview: 1 }).data;
					const field = column === null ? -1 : HEADER.trim().split(',').indexOf(column);
					expect(value.replaceAll('\r\n', '\n')).toBe(first![field] ?? '');
				}
			}),
			{ seed: 6, numRuns: byLength(150, 500) }
		);
	});

	it('reads bytes that are no UTF-8 as Windows-1252, wherever they turn up', async () => {
		const odd = Buffer.concat([utf8('2024-05-01,save,'), Buffer.from([0xe5, 0x80]), utf8(',u\n')]);
		for (const rows of [0, 40_000]) {
			const filler = utf8(HEADER + '2024-05-01,save,plain,"some text, quoted"\n'.repeat(rows));
			const workspace = new MemoryWorkspace();
			const bytes = new Uint8Array(Buffer.concat([filler, odd]));
			const result = await workspace.import(bytes);
			expect(result).toMatchObject({ accepted: rows + 1, rejected: 0, encoding: 'windows-1252' });
			expect(result.fingerprint).toBe(await fingerprintOf(new AbortController().signal, bufferSource(bytes)));
			const ids = (await workspace.answer(everything)).topPins.rows.map(({ pinId }) => pinId);
			expect(ids).toContain('å€');
		}
	});

	it('keeps a replacement character that the file itself holds', async () => {
		const workspace = new MemoryWorkspace();
		const { encoding } = await workspace.import(utf8(`${HEADER}2024-05-01,save,\uFFFD,u\n`));
		expect(encoding).toBe('utf-8');
		expect((await workspace.answer(everything)).topPins.rows[0]?.pinId).toBe('\uFFFD');
	});

	it('names the columns that it keeps out', async () => {
		const { unknownColumns, columns } = await new MemoryWorkspace().import(utf8(HEADER));
		expect(unknownColumns).toEqual(['filler']);
		expect(columns).toEqual(HEADER.trim().split(','));
	});

	it('tells of the first and last event, whatever their order', async () => {
		const text = `${HEADER}2024-05-02,save,p\n2024-05-01,save,p\n2024-05-03T10:00,save,p\n2025-01-01,hover,p\n`;
		const { firstMs, lastMs } = await new MemoryWorkspace().import(utf8(text));
		expect([firstMs, lastMs]).toEqual([Date.parse('2024-05-01'), Date.parse('2024-05-03T10:00Z')]);
	});

	it('says that a file without rows has no first and last event', async () => {
		expect(await new MemoryWorkspace().import(utf8(HEADER))).toMatchObject({
			accepted: 0,
			rejected: 0,
			firstMs: Infinity,
			lastMs: -Infinity
		});
	});

	it('stops when aborted', async () => {
		const controller = new AbortController();
		const reason = new DOMException('not wanted', 'AbortError');
		const reader: PartReader = {
			parallel: 1,
			...idle,
			read: async (signal) => {
				controller.abort(reason);
				signal.throwIfAborted();
				throw new Error('went on');
			},
			discardFrom: async () => {},
			openLists: () => [],
			own: NO_OWN_CHOICE
		};
		const source = bufferSource(utf8(HEADER));
		await expect(importEventFile(controller.signal, source, reader, () => {})).rejects.toBe(reason);
	});
});

describe('accounts beyond the most that there may be', () => {
	const file = (first: number, count: number) =>
		utf8(
			HEADER +
				Array.from({ length: count }, (_, i) => `2024-05-01,impression,p,u,account ${first + i},,\n`).join('')
		);

	it('have their rows rejected, and the others not', async () => {
		const workspace = new MemoryWorkspace();
		const { accepted, rejected, rejections } = await workspace.import(file(0, 11_000));
		expect([accepted, rejected]).toEqual([MAX_OPEN_VALUES, 1_000]);
		expect(rejections[0]).toEqual({
			line: MAX_OPEN_VALUES + 2,
			column: 'account',
			reason: 'too_many_accounts',
			value: `account ${MAX_OPEN_VALUES}`
		});
	});

	it('count over all files: known ones still pass', async () => {
		const workspace = new MemoryWorkspace();
		await workspace.import(file(0, 6_000));
		expect(await workspace.import(file(3_000, 8_000))).toMatchObject({ accepted: 7_000, rejected: 1_000 });
		expect(await workspace.import(file(0, 10_001))).toMatchObject({ accepted: 10_000, rejected: 1 });
		const { shares } = await workspace.answer(everything);
		expect(shares.account).toHaveLength(MAX_OPEN_VALUES);
		expect(shares.account.at(0)).toEqual({ value: 'account 3000', impressions: 3 });
	});

	it('do not count where their row is rejected for something else', async () => {
		const text = `${HEADER}${Array.from({ length: 10_000 }, (_, i) => `never,save,p,u,bad ${i},,\n`).join('')}2024-05-01,save,p,u,good,,\n`;
		expect(await new MemoryWorkspace().import(utf8(text))).toMatchObject({ accepted: 1, rejected: 10_000 });
	});
});

/** A row whose cell in a column that is not kept makes it `bytes` long. */
function longRow(cells: string, bytes: number): string {
	return `${cells},${'x'.repeat(bytes - cells.length - 2)}\n`;
}

describe('accounts beyond the most that there may be, in a file of parts', () => {
	it('are those that come last in the file, and stay unknown to later files', async () => {
		const rowBytes = 12_288; // 10,500 rows make more than the 96 MB that two parts need
		const rows = Array.from({ length: 10_500 }, (_, i) =>
			longRow(`2024-05-01,save,p,u,account ${i},`, rowBytes)
		);
		const workspace = new MemoryWorkspace();
		const { accepted, rejected, rejections } = await workspace.import(utf8(HEADER + rows.join('')), 2);
		expect([accepted, rejected]).toEqual([MAX_OPEN_VALUES, 500]);
		expect(rejections[0]?.value).toBe(`account ${MAX_OPEN_VALUES}`);
		const later = `${HEADER}2024-05-01,save,p,u,account 10400\n2024-05-01,save,p,u,account 9999\n`;
		expect(await workspace.import(utf8(later))).toMatchObject({ accepted: 1, rejected: 1 });
	}, 60_000);
});

describe('rows over the end of a slice', () => {
	const tricky =
		'2024-05-01,save,"p ""1""",u,,"two\r\nlines, and ""quotes"""\r\n\r\n2024-05-01,save,\u{1F4CC}\u{1F4CC},u\r\nnever,save,p\r\n';

	it('are read as anywhere else, wherever they are cut', async () => {
		const expected = new MemoryWorkspace();
		const { rejections } = await expected.import(
			utf8(HEADER + longRow('2024-05-01,save,long,u,,', 100) + tricky)
		);
		const answer = await expected.answer(everything);
		// in a doubled quote, in a quoted line end, around a closing quote, in line ends, in a character of four bytes
		const cuts = [0, 19, 34, 55, 56, 57, 58, 60, 79, 88, utf8(tricky).length];
		for (const cut of cuts) {
			const filler = longRow('2024-05-01,save,long,u,,', SLICE_BYTES - HEADER.length - cut);
			const workspace = new MemoryWorkspace();
			expect((await workspace.import(utf8(HEADER + filler + tricky))).rejections, `cut at ${cut}`).toEqual(
				rejections
			);
			expect(await workspace.answer(everything), `cut at ${cut}`).toEqual(answer);
		}
	}, 60_000);
});

describe('a file that is read in parts', () => {
	/** Rows of one megabyte each, with `middle` where the second of two parts starts. */
	function largeFile(middle: string, cut: number): Uint8Array {
		const border = 3 * SLICE_BYTES; // of five slices, the first three make the first part
		const rowBytes = 1 << 20;
		const before = Math.floor((border - HEADER.length - cut) / rowBytes) - 1;
		const filled = HEADER.length + before * rowBytes;
		const row = (i: number, bytes: number) =>
			longRow(
				`2024-05-${String(1 + (i % 28)).padStart(2, '0')},save,p${i % 7},u${i % 11},,title ${i}`,
				bytes
			);
		const text = [HEADER];
		for (let i = 0; i < before; i++) text.push(row(i, rowBytes));
		text.push(row(before, border - filled - cut), middle);
		for (let i = 0; i < 35; i++) text.push(row(i + 100, rowBytes));
		return utf8(text.join(''));
	}

	const plain = '2024-05-01,save,middle,u,,one line,\nnever,save,p\n';
	const lines =
		'never,save,"two\nlines",u\n2024-05-01,save,middle,u,,"one\ntwo\n""three""\n"\nnever,save,p\n';

	it.each([
		{ name: 'between two rows', middle: plain, cut: 0, parts: 2 },
		{ name: 'in a row', middle: plain, cut: 5, parts: 2 },
		{ name: 'before the line end of a row', middle: plain, cut: 36, parts: 2 },
		{ name: 'between CR and LF', middle: plain.replaceAll('\n', '\r\n'), cut: 36, parts: 2 },
		{ name: 'in an empty line', middle: `\n\n\n${plain}`, cut: 2, parts: 2 },
		// the guess where a row starts is wrong here, and the second part is read anew
		{ name: 'in a quoted cell of two lines', middle: lines, cut: 15, parts: 2 },
		{ name: 'in a quoted cell of many lines', middle: lines, cut: 55, parts: 2 },
		{ name: 'before a row for PapaParse', middle: `2024-05-01,save,"odd" ,u\n${plain}`, cut: 0, parts: 3 },
		{ name: 'behind a row for PapaParse', middle: `2024-05-01,save,"odd" ,u\n${plain}`, cut: 40, parts: 2 }
	])(
		'is the same as in one, when it is cut $name',
		async ({ middle, cut, parts }) => {
			const bytes = largeFile(middle, cut);
			const [alone, together] = [new MemoryWorkspace(), new MemoryWorkspace()];
			const expected = await alone.import(bytes, 1);
			const result = await together.import(bytes, 2);
			const facts = ({
				accepted,
				rejected,
				rejections,
				firstMs,
				lastMs,
				fingerprint,
				parser
			}: typeof result) => ({
				accepted,
				rejected,
				rejections,
				firstMs,
				lastMs,
				fingerprint,
				parser
			});
			expect(facts(result)).toEqual(facts(expected));
			expect(result.parts).toHaveLength(parts);
			expect(result.rejected).toBeGreaterThan(0);
			expect(result.fingerprint).toBe(await fingerprintOf(new AbortController().signal, bufferSource(bytes)));
			expect(together.rejectedCsv).toBe(alone.rejectedCsv);
			expect(await together.answer(everything)).toEqual(await alone.answer(everything));
			const events = openQuery({ filter: openFilter({ from: '2024-05-01', to: '2024-05-31' }) });
			expect(await together.exportCsv('events', events)).toEqual(await alone.exportCsv('events', events));
		},
		60_000
	);
});

describe('parts that do not fit together', () => {
	const source = {
		byteLength: 8 * SLICE_BYTES,
		slice: async (start: number, end: number) => utf8(HEADER).slice(start, end)
	};
	const noTexts = { bytes: new Uint8Array(0), offsets: new Uint32Array(1) };
	const claims = { pins: new Uint32Array(0), texts: noTexts } as unknown as PartResult['claims'];
	const part = (range: PartRange, changes: Partial<PartResult> = {}): PartResult => ({
		hashes: [],
		offered: [],
		firstRow: range.firstRow ?? range.start,
		nextRow: range.end,
		lines: 10,
		stopped: 'end',
		accepted: 1,
		rejected: 0,
		rejections: [],
		firstMs: 0,
		lastMs: 0,
		claims,
		...changes
	});

	/** Imports with a reader that answers as given; returns the result and what was asked of it. */
	async function run(answer: (part: number, range: PartRange, call: number) => PartResult, parallel = 4) {
		const asked: { part: number; start: number; end: number; isOdd: boolean; isHashed: boolean }[] = [];
		const discarded: number[] = [];
		const reader: PartReader = {
			parallel,
			...idle,
			read: async (_, __, index, ___, range) => {
				const { start, end, isOdd, isHashed } = range;
				asked.push({ part: index, start: start / SLICE_BYTES, end: end / SLICE_BYTES, isOdd, isHashed });
				return answer(index, range, asked.length);
			},
			discardFrom: async (index) => void discarded.push(index),
			openLists: () => [],
			own: NO_OWN_CHOICE
		};
		const result = await importEventFile(new AbortController().signal, source, reader, () => {});
		return { result, asked, discarded };
	}

	it('are read side by side where each starts with the first row that the one before it left', async () => {
		const { result, asked, discarded } = await run((index, range) => part(range, { accepted: index + 1 }));
		expect(asked.map(({ start, end }) => [start, end])).toEqual([
			[0, 2],
			[2, 4],
			[4, 6],
			[6, 8]
		]);
		expect([result.accepted, discarded]).toEqual([10, []]);
		const first = 2; // behind the header
		expect(result.parts.map(({ firstLine }) => firstLine)).toEqual([
			first,
			first + 10,
			first + 20,
			first + 30
		]);
	});

	it('are read anew from the first wrong guess on', async () => {
		const { result, asked, discarded } = await run((_, range, call) =>
			part(
				range,
				call === 1
					? { nextRow: range.end + 7 }
					: call === 2
						? { firstRow: range.start + 7 }
						: { firstRow: range.firstRow ?? range.start + 3, accepted: 100 }
			)
		);
		expect(discarded).toEqual([2]);
		expect(asked.at(-1)).toEqual({ part: 2, start: 4, end: 8, isOdd: false, isHashed: false });
		expect(result.accepted).toBe(102);
	});

	it('are read by PapaParse from the first odd row on', async () => {
		const odd = 2 * SLICE_BYTES + 99;
		const { result, asked, discarded } = await run((_, range, call) =>
			part(range, call === 2 ? { nextRow: odd, stopped: 'odd', lines: 3 } : {})
		);
		expect(discarded).toEqual([2]);
		expect(asked.at(-1)).toEqual({ part: 2, start: odd / SLICE_BYTES, end: 8, isOdd: true, isHashed: false });
		expect(result.parser).toBe('papaparse');
		expect(result.parts.map(({ firstLine }) => firstLine)).toEqual([2, 12, 15]);
	});

	it('fail with the line of a quote that is never closed', async () => {
		const reading = run((_, range, call) =>
			part(range, call === 4 ? { nextRow: range.end - 5, stopped: 'unclosed_quote', lines: 6 } : {})
		);
		await expect(reading).rejects.toMatchObject({ problem: { code: 'unclosed_quote', line: 38 } });
	});

	it('do not fail for a quote that only a wrong guess leaves open', async () => {
		const { result } = await run((_, range, call) =>
			part(
				range,
				call === 4 ? { firstRow: range.start + 9, nextRow: range.end - 5, stopped: 'unclosed_quote' } : {}
			)
		);
		expect(result.accepted).toBe(4);
	});

	it('all come to rest before the failure of one is told', async () => {
		const ended: number[] = [];
		const reader: PartReader = {
			parallel: 4,
			...idle,
			read: (signal, _, index) =>
				new Promise((_, reject) => {
					if (index === 1) return reject(new Error('unreadable'));
					signal.addEventListener('abort', () => {
						ended.push(index);
						reject(signal.reason as Error);
					});
				}),
			discardFrom: async () => {},
			openLists: () => [],
			own: NO_OWN_CHOICE
		};
		await expect(importEventFile(new AbortController().signal, source, reader, () => {})).rejects.toThrow(
			'unreadable'
		);
		expect(ended).toEqual([0, 2, 3]);
	});
});

describe('a file whose last text is cut within a character', () => {
	it('stays UTF-8 where its columns have names in UTF-8 alone', async () => {
		const whole = utf8(
			'\u200Btimestamp,event\u00A0,\uFEFFpin_id\n2026-02-03,save,1\n2026-02-04,save,\u200B2'
		);
		const cut = whole.subarray(0, whole.length - 2);
		const result = await new MemoryWorkspace().import(cut);
		expect(result).toMatchObject({ encoding: 'utf-8', accepted: 2, rejected: 0 });
	});
});
