import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BulkRows } from '../../../../src/lib/import/bulk/bulk-rows';
import { EventRows } from '../../../../src/lib/import/event-rows';
import { readHeader } from '../../../../src/lib/import/header';
import { RowTokenizer } from '../../../../src/lib/import/row-tokenizer';
import { utf8 } from '../../../support/memory-workspace';
import { takerOf } from '../../../support/rows-told';
import { byLength } from '../../../support/test-length';

const COMMA = 44;
/** An account that the workspace knows before. */
const ACCOUNTS = ['b.example'];

function headerOf(names: readonly string[]) {
	const found = readHeader(names);
	if ('problem' in found) throw new Error(found.problem.code);
	return found.header;
}

/** Reads a file by the hundred rows, in pieces: in each, the kernel knows what was in those before. */
async function readInBulk(names: readonly string[], bytes: Uint8Array, cuts: readonly number[]) {
	const bulk = await BulkRows.create(headerOf(names), COMMA, ACCOUNTS);
	const taker = takerOf(bulk.rows);
	const { kernel, tokenizer } = bulk;
	const at = kernel.inputFor(bytes.length);
	kernel.bytes.set(bytes, at);
	const to = at + bytes.length;
	let next = at;
	for (const cut of cuts) {
		if (at + cut < next) continue;
		next = bulk.read({ from: next, to: at + cut, stopAt: at + cut, isLast: false }, taker);
	}
	const end = bulk.read({ from: next, to, stopAt: Infinity, isLast: true }, taker);
	return { ...taker.told(), end: end - at, line: tokenizer.line, stopped: tokenizer.stopped };
}

/** Reads a file row by row. */
function readOneByOne(names: readonly string[], file: Uint8Array) {
	const bytes = new Uint8Array(file.length + 1);
	bytes.set(file);
	const rows = new EventRows(headerOf(names), ACCOUNTS);
	const taker = takerOf(rows);
	const tokenizer = new RowTokenizer(COMMA, 0);
	const onRow = () => (taker.add(bytes, tokenizer), true);
	const end = tokenizer.read(bytes, { from: 0, to: file.length, stopAt: file.length, isLast: true, onRow });
	taker.settle(bytes);
	return { ...taker.told(), end, line: tokenizer.line, stopped: tokenizer.stopped };
}

const CELLS: Readonly<Record<string, readonly string[]>> = {
	timestamp: [
		...['2024-02-29T10:00:00.000Z', '2024-02-29T10:00:00.001Z', '2024-03-01T00:00:00.000Z'],
		...['2023-12-31T23:59:59.999Z', '"2024-01-05T12:00:00.500Z"', '2024-01-05 12:00', '1714521600', ''],
		...['never', '1980-01-01T00:00:00.000Z', '2023-02-29T10:00:00.000Z'],
		...['2024-03-01T00:00:00.000Z\0', '1714521600123456']
	],
	event: ['impression', 'save', 'Pin Click', '"save"', 'video_play', 'video_play', '', ' ', 'like'],
	pin_id: [
		'1',
		'2',
		'33333333333333333333',
		'"4"',
		' 1',
		'1 ',
		'é',
		'"""5"""',
		"'=6",
		'',
		' ',
		'"7,\n8"',
		'1\0',
		'\0"4"\0',
		'\u200b1'
	],
	user_id: ['', 'u1', 'u2', '"u1"', ' u1', 'ü', "'=u", ' ', 'a user with a long name', '"u""3"'],
	content_type: ['', 'organic', 'paid', 'PAID', '"paid"', 'free'],
	source: ['', 'own', 'other', ' other '],
	device: ['', 'mobile', 'tablet', '"mo""bile"'],
	account: ['', 'a.example', 'b.example', ' a.example', '"c,d"'],
	format: ['', 'standard', 'video', 'idea'],
	count: ['', '1', '2', '70000', '0', '1.0', ' ', '-1', 'x', '"3"'],
	watch_seconds: ['', '', '1.5', '12', '0.0005', '-1', '1e3', 'x', ' '],
	view_percent: ['', '50', '100', '100.001', '100.5', ' '],
	played_percent: ['', '95', '94.999', '100'],
	pin_title: [
		'',
		'x"',
		'"x"',
		'"A, title"',
		'"A ""title"""',
		'"A\ntitle"',
		"'=1+1",
		'A "title"',
		'"x""y"',
		'A\0 title',
		'"A ti\0\0tle"'
	],
	board: ['', 'A board', '"A board"', 'Other'],
	link: ['', 'https://a.example/1', 'https://a.example/2'],
	image_url: ['', 'data:,'],
	created_at: [
		'',
		'2024-01-05',
		'2024-01-05T00:00:00.000Z',
		' ',
		'"1704412800"',
		'2024-02-30',
		'1980-01-01',
		'x'
	],
	note: ['', '"a ""note"""', 'x', '\0']
};
const NAMES = Object.keys(CELLS);
const NEEDED = ['timestamp', 'event', 'pin_id'];

/** So many of a column's first cells are good ones that come often; of the others it is two. */
const OFTEN: Readonly<Record<string, number>> = { timestamp: 5, event: 6, pin_title: 4 };

/** Stands for a time in a row that is to come at several. */
const SOME_TIME = '@';

/** Many rows of few different ones: mostly good, so that most are repeated and all else is among them. */
const file = fc
	.record({
		names: fc.oneof(
			fc.constant(NAMES.slice(0, -1)),
			fc.constant(NAMES),
			fc.subarray(NAMES.slice(3)).map((names) => [...NEEDED, ...names]),
			fc
				.shuffledSubarray(NAMES, { minLength: NAMES.length - 2 })
				.map((names) => [...names, ...NEEDED.filter((name) => !names.includes(name))])
		),
		newline: fc.constantFrom('\n', '\r\n', '\r')
	})
	.chain(({ names, newline }) => {
		const good = (name: string) => fc.nat((OFTEN[name] ?? 2) - 1);
		const any = (name: string) => fc.nat(CELLS[name]!.length - 1);
		const cell = (name: string) =>
			fc
				.oneof({ weight: 60, arbitrary: good(name) }, { weight: 1, arbitrary: any(name) })
				.map((i) => CELLS[name]![i] as string);
		const cellOf = (name: string) => (name === 'timestamp' ? fc.constant(SOME_TIME) : cell(name));
		const time = fc.oneof(
			cell('timestamp'),
			fc.nat(100_000_000).map((ms) => new Date(Date.UTC(2024, 2, 1) + ms).toISOString())
		);
		const whole = fc.tuple(...names.map(cellOf)).map((cells) => cells.join(','));
		const row = fc.oneof(
			{ weight: 20, arbitrary: whole },
			{ weight: 1, arbitrary: whole.map((text) => text.slice(0, -3)) },
			{ weight: 1, arbitrary: whole.map((text) => `${text},`) },
			{ weight: 1, arbitrary: whole.map((text) => `${text},more`) },
			{ weight: 1, arbitrary: fc.constantFrom('', '""', ',', '"') }
		);
		return fc.record({
			names: fc.constant(names),
			text: fc
				.record({
					rows: fc.array(row, { minLength: 1, maxLength: 25, size: 'max' }),
					order: fc.array(fc.tuple(fc.nat(), time), { maxLength: 60, size: 'max' }),
					times: fc.constantFrom(1, 1, 30)
				})
				.map(({ rows, order, times }) =>
					Array.from({ length: times }, () =>
						order.map(([i, time]) => rows[i % rows.length]!.replace(SOME_TIME, time))
					)
						.flat()
						.join(newline)
				),
			cutsAt: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12, size: 'max' })
		});
	});

describe('BulkRows', () => {
	it('makes of a file what its rows make one by one, whatever the order of its columns', async () => {
		let accepted = 0;
		let rejected = 0;
		await fc.assert(
			fc.asyncProperty(file, async ({ names, text, cutsAt }) => {
				const bytes = utf8(text);
				const cuts = cutsAt.map((cutAt) => Math.floor(cutAt * bytes.length)).sort((a, b) => a - b);
				const read = await readInBulk(names, bytes, cuts);
				expect(read).toEqual(readOneByOne(names, bytes));
				accepted += read.accepted;
				rejected += read.rejected;
			}),
			{ seed: 10, numRuns: byLength(200, 1_000) }
		);
		expect(Math.min(accepted, rejected)).toBeGreaterThan(10_000);
	}, 60_000);

	it('keeps the newest attributes, however they are written and whoever reads the row', async () => {
		const names = ['timestamp', 'event', 'pin_id', 'user_id', 'pin_title', 'board'];
		const row = fc
			.tuple(
				fc.constantFrom('2024-05-01T00:00:00.000Z', '2024-05-02T00:00:00.000Z', '2024-05-03T00:00:00.000Z'),
				fc.constantFrom('', ' '), // a user that is not an id as it stands leaves the row to EventRows
				fc.constantFrom('', 'x', 'x"', '"x"', '"x"""'),
				fc.constantFrom('', 'b', '"b"')
			)
			.map(([time, user, title, board]) => `${time},save,p,${user},${title},${board}\n`);
		await fc.assert(
			fc.asyncProperty(fc.array(row, { maxLength: 8, size: 'max' }), async (rows) => {
				const bytes = utf8(rows.join(''));
				const ends = rows.map((_, i) => utf8(rows.slice(0, i + 1).join('')).length);
				expect(await readInBulk(names, bytes, ends)).toEqual(readOneByOne(names, bytes));
			}),
			{ seed: 11, numRuns: byLength(400, 3_000) }
		);
	}, 60_000);

	it('takes ids, attributes and dimensions that are new in every row, more than it remembers', async () => {
		const names = ['timestamp', 'event', 'pin_id', 'user_id', 'account', 'pin_title'];
		const rows = Array.from({ length: 140_000 }, (_, i) => {
			const title =
				i % 3 === 0 ? `"A ""title"" ${i}"` : `A title ${'long '.repeat(i === 7 ? 2_000 : i % 9)}${i}`;
			return `2024-05-01T00:00:00.${String(i % 1000).padStart(3, '0')}Z,save,p${i >> 1},u${i},a${i % 7}.example,${title}`;
		});
		const bytes = utf8(rows.join('\n'));
		const read = await readInBulk(names, bytes, [bytes.length >> 1]);
		const expected = readOneByOne(names, bytes);
		// compared in parts: distinguished in one, so much takes long
		expect(read.claims.length).toBe(expected.claims.length);
		expect(JSON.stringify(read) === JSON.stringify(expected)).toBe(true);
		expect(read.accepted).toBe(rows.length);
	});

	it('keeps nothing of rows that are rejected', async () => {
		const names = ['timestamp', 'event', 'pin_id', 'user_id', 'account', 'count'];
		const bytes = utf8(
			'2024-05-01,save,p,u,a,0\n2024-05-01,like,p,u,a,1\n2024-05-01,save,,u,a,1\nx,save,p,u,a,1\n'
		);
		const read = await readInBulk(names, bytes, []);
		expect([read.pins, read.users, read.accounts, read.rejected]).toEqual([[], [], ACCOUNTS, 4]);
	});
});
