import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../../src/lib/import/formats/all-formats';
import { JsonKeys } from '../../../../../src/lib/import/formats/json/json-keys';
import { CUT_OFF, JsonScanner, NOT_JSON } from '../../../../../src/lib/import/formats/json/json-scanner';
import type { ByteSource } from '../../../../../src/lib/import/byte-source';
import type { ProblemError } from '../../../../../src/lib/model/problem';
import { MemoryWorkspace, bufferSource, openQuery, utf8 } from '../../../../support/memory-workspace';

const everything = openQuery({ top: 1_000 });
const EVENT = '"timestamp":"2026-05-01","event":"save"';

/** A source that gives its first slice up to `cut`, and the rest then. */
function cutAt(bytes: Uint8Array, cut: number): ByteSource {
	const source = bufferSource(bytes);
	return {
		byteLength: bytes.length,
		slice: (start, end) => source.slice(start, start < cut ? Math.min(end, cut) : end)
	};
}

async function pinsOf(text: string) {
	const workspace = new MemoryWorkspace();
	const result = await workspace.import(utf8(text));
	return { ...result, csv: workspace.rejectedCsv, pins: (await workspace.answer(everything)).topPins.rows };
}

describe('JsonScanner', () => {
	const keys = ['a', 'b', 'c'];
	const member = fc.tuple(
		fc.constantFrom(...keys, 'other', 'ö "x"'),
		fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.json())
	);

	it('reads what JSON.parse reads, at every cut', () => {
		fc.assert(
			fc.property(fc.array(member, { maxLength: 6 }), fc.nat({ max: 2 }), (members, indent) => {
				const object = Object.fromEntries(members);
				const text = JSON.stringify(object, null, indent);
				const bytes = utf8(text);
				const known = new JsonKeys();
				for (const key of keys) known.fieldOf(utf8(key), 0, 1, 99);
				const scanner = new JsonScanner(known, keys.length);
				for (let to = 1; to < bytes.length; to++) expect(scanner.scan(bytes, 0, to)).toBe(CUT_OFF);
				expect(scanner.scan(bytes, 0, bytes.length)).toBe(bytes.length);
				scanner.unescape(bytes);
				const { starts, ends } = scanner.row;
				keys.forEach((key, f) => {
					const value = (object as Record<string, unknown>)[key] ?? '';
					const cell = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
						bytes.subarray(starts[f], ends[f])
					);
					expect(cell).toBe(typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value));
				});
			}),
			{ seed: 11, numRuns: 400 }
		);
	});

	it.each(['{"a" 1}', '{a:1}', '{"a":}', '{"a":1,,}', '{"a":1 "b":2}', '{"a":nope}', "{'a':1}"])(
		'knows that %s is no JSON',
		(text) => {
			expect(new JsonScanner(new JsonKeys(), 0).scan(utf8(text), 0, text.length)).toBe(NOT_JSON);
		}
	);
});

describe('JSON lines', () => {
	it('keep every digit of a number, whatever a double would make of it', async () => {
		const { pins } = await pinsOf(`{${EVENT},"pin_id":1091700765947216953}\n`);
		expect(pins[0]!.pinId).toBe('1091700765947216953');
	});

	it('undo escapes, and keep an apostrophe that guards nothing in JSON', async () => {
		const title = `'=1+1 "quoted" \\ / tab\t é \u{1F4CC}`;
		const { pins } = await pinsOf(
			`{${EVENT},"pin_id":"1","pin_title":${JSON.stringify(title).replace('é', '\\u00e9')}}\n` +
				`{${EVENT},"pin_id":"2","pin_title":"=plain"}\n`
		);
		expect(pins.map(({ title }) => title)).toEqual([title, '=plain']);
	});

	it('match keys as headers are matched, in any order, and take ones that come late', async () => {
		const lines = [
			`{"Pin ID":"1","EVENT":"save","Timestamp":"2026-05-01","note":1}`,
			...Array.from({ length: 30_000 }, () => `{${EVENT},"pin_id":"2","user-id":null,"note":{"a":["}"]}}`),
			`{"late":true,"count":5,"pin_id":"1",${EVENT},"Board":"Kitchen"}`
		];
		const { accepted, rejected, unknownColumns, pins } = await pinsOf(lines.join('\n'));
		expect([accepted, rejected]).toEqual([30_002, 0]);
		expect(unknownColumns).toEqual(['note', 'late']);
		const first = pins.find(({ pinId }) => pinId === '1');
		expect(first).toMatchObject({ board: 'Kitchen' });
	});

	it('reject a line that holds a control character alone, which is no space in JSON', async () => {
		const { accepted, rejected } = await pinsOf(`{${EVENT},"pin_id":"1"}\n\u001a\n \t\r\n`);
		expect([accepted, rejected]).toEqual([1, 1]);
	});

	it('reject the lines that are no objects or no events, with their number, and read the others', async () => {
		const text = [
			'',
			`{${EVENT},"pin_id":"1"}`,
			`{${EVENT},"pin_id":"1"`,
			'  ',
			'[1, 2]',
			`{${EVENT},"pin_id":"1"} {}`,
			`{${EVENT},"pin_id":"","count":2}`,
			`{${EVENT},"pin_id":"1","count":1e3}`,
			`{${EVENT},"pin_id":"1"}`
		].join('\r\n');
		const { accepted, rejections, csv } = await pinsOf(text);
		expect(accepted).toBe(2);
		expect(rejections.map(({ line, column, reason }) => [line, column, reason])).toEqual([
			[3, null, 'not_an_object'],
			[5, null, 'not_an_object'],
			[6, null, 'not_an_object'],
			[7, 'pin_id', 'missing_value'],
			[8, 'count', 'not_a_whole_number']
		]);
		expect(rejections[1]!.value).toBe('[1, 2]');
		expect(csv).toContain('2026-05-01,save,,2,');
	});
});

describe('a JSON array', () => {
	it('rejects what is no object, with the physical line that it starts on', async () => {
		const { accepted, rejections } = await pinsOf(`[\n{${EVENT},"pin_id":1},\n7,\n{"event":"save"}, null]`);
		expect(accepted).toBe(1);
		expect(rejections.map(({ line, reason }) => [line, reason])).toEqual([
			[3, 'not_an_object'],
			[4, 'missing_value'],
			[4, 'not_an_object']
		]);
	});

	it('counts lines wherever its bytes are cut', async () => {
		const bytes = utf8(
			`\n\n{"x": {\n}, "rows":\n\n[{${EVENT},\n"pin_id":1},\r\n\n{\n"event":\n"save"},\n7],\n"y":[{\n}]}`
		);
		for (let cut = 1; cut < bytes.length; cut++) {
			const workspace = new MemoryWorkspace();
			const { accepted, rejections } = await workspace.import(wholeHead(cutAt(bytes, cut), bytes));
			expect(accepted, `cut at ${cut}`).toBe(1);
			expect(rejections.map(({ line }) => line)).toEqual([9, 12]);
		}
	});

	it('is the same wherever its bytes are cut', async () => {
		const text = `[{${EVENT},"pin_id":"a\\"}\\u00e5","pin_title":"[\\\\"} , {${EVENT},"pin_id":12, "x":[{}]}\n]`;
		const bytes = utf8(text);
		for (let cut = 1; cut < bytes.length; cut++) {
			const workspace = new MemoryWorkspace();
			// The start is looked at first, and then read again.
			const source = { ...cutAt(bytes, cut), byteLength: bytes.length };
			const first = await workspace.import(wholeHead(source, bytes));
			expect(first.accepted, `cut at ${cut}`).toBe(2);
			const pins = (await workspace.answer(everything)).topPins.rows.map(({ pinId }) => pinId);
			expect(pins).toEqual(['12', 'a"}å']);
		}
	});
});

describe('a JSON array under a key', () => {
	const rows = `[{${EVENT},"pin_id":"1"},{${EVENT},"pin_id":"2"}]`;
	const idsOf = async (text: string) => (await pinsOf(text)).pins.map(({ pinId }) => pinId);

	it.each([
		['data', `{"data":${rows}}`],
		['items', `{"bookmark":null,"items":${rows}}`],
		['results', `{\n "results": ${rows} }\n`],
		['rows', `\uFEFF{"rows":${rows},"paging":{"next":null},"n":[[{}]]}`],
		['records', `{"Records" : ${rows}, "ok": true}`],
		[
			'one of them within another',
			`{"meta":{"data":[]},"data":{"total":2,"items":${rows},"more":false},"ok":1}`
		],
		['the second of them', `{"data":{"total":{"rows":2}},"items":${rows}}`]
	])('is read: %s', async (_, text) => {
		expect((await idsOf(text)).sort()).toEqual(['1', '2']);
	});

	it('has to hold events', async () => {
		const problem = (text: string) => pinsOf(text).catch((error: ProblemError) => error.problem);
		expect(await problem(`{"data":[{"timestamp":"2026-05-01","event":"save"}]}`)).toMatchObject({
			code: 'missing_columns'
		});
		// Under another key they may be anything: the reader of tables asks what they are.
		const text = `{"pins":${rows}}`;
		expect(formatOf({ bytes: utf8(text), text, isWhole: true }, 'text')?.gives).toBe('report');
	});

	it('is not taken for whole where the file is cut off, or goes on', async () => {
		const problem = (text: string) => pinsOf(text).catch((error: ProblemError) => error.problem);
		expect(await problem(`{"data":${rows.slice(0, -1)}`)).toEqual({ code: 'json_cut_off', rows: 2 });
		expect(await problem(`{"data":${rows}`)).toEqual({ code: 'json_cut_off', rows: 2 });
		expect(await problem(`{"data":${rows},"next":`)).toEqual({ code: 'json_cut_off', rows: 2 });
		expect(await problem(`{"data":${rows}}\n{"data":${rows}}`)).toEqual({ code: 'json_broken', row: 3 });
		expect(await problem(`{"data":${rows}} x`)).toEqual({ code: 'json_broken', row: 3 });
		expect(await problem(`{"data":${rows},7}`)).toEqual({ code: 'json_broken', row: 3 });
	});

	it('is the same wherever its bytes are cut', async () => {
		const bytes = utf8(
			`{"a":"]}","data":[{${EVENT},"pin_id":"1"} ,\n{${EVENT},"pin_id":2}], "b":{"data":[1]} }\n`
		);
		for (let cut = 1; cut < bytes.length; cut++) {
			const workspace = new MemoryWorkspace();
			const { accepted, rejected } = await workspace.import(wholeHead(cutAt(bytes, cut), bytes));
			expect([accepted, rejected], `cut at ${cut}`).toEqual([2, 0]);
		}
	});
});

describe('a value in JSON', () => {
	it.each(['["1"]', '{"id":"1"}', '[]'])(
		'that is %s rejects its row where the column is read, and nowhere else',
		async (value) => {
			const { accepted, rejections, csv } = await pinsOf(
				[
					`{${EVENT},"pin_id":"1","note":${value}}`,
					`{${EVENT},"pin_id":${value},"pin_title":"'=x"}`,
					`{${EVENT},"pin_id":"1","Board":${value}}`,
					`{${EVENT},"pin_id":${value},"pin_id":"1"}`
				].join('\n')
			);
			expect(accepted).toBe(2);
			expect(rejections).toEqual([
				{ line: 2, column: 'pin_id', reason: 'not_a_single_value', value },
				{ line: 3, column: 'board', reason: 'not_a_single_value', value }
			]);
			expect(csv).toContain("''=x");
		}
	);

	it('that is a truth value is taken as the text that it is', async () => {
		const { accepted, rejections } = await pinsOf(
			`{${EVENT},"pin_id":true}\n{${EVENT},"pin_id":"1","count":true}\n{${EVENT},"pin_id":false,"user_id":null}`
		);
		expect(accepted).toBe(2);
		expect(rejections).toEqual([{ line: 2, column: 'count', reason: 'not_a_whole_number', value: 'true' }]);
	});

	it('has no NULs, however they are written, and no unseen signs around an id', async () => {
		const { pins } = await pinsOf(
			`{${EVENT},"pin_\0id\\u200b":"\\u200b8\\u00008\0","pin_title":"A\\u0000 t\0itle","\u200bboard":"B"}`
		);
		expect(pins).toMatchObject([{ pinId: '88', title: 'A title', board: 'B' }]);
	});
});

/** The first slice whole, as the look at a file's start has it. */
function wholeHead(source: ByteSource, bytes: Uint8Array): ByteSource {
	let isFirst = true;
	return {
		byteLength: source.byteLength,
		slice: async (start, end) => {
			if (!isFirst) return source.slice(start, end);
			isFirst = false;
			return bytes.slice(start, end);
		}
	};
}
