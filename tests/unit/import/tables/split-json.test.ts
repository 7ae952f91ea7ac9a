import { describe, expect, it } from 'vitest';
import { splitJson } from '../../../../src/lib/import/tables/split-json';

const encoder = new TextEncoder();

async function* sliced(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
	let from = 0;
	for (const cut of [...cuts, bytes.length]) {
		yield bytes.subarray(from, cut);
		from = cut;
	}
}

/** The pieces of a text, as `keys: text`, of slices that end at some of its bytes. */
async function pieces(text: string, cuts: readonly number[] = [], cutKeys: readonly string[] = ['data']) {
	const { signal } = new AbortController();
	const found: string[] = [];
	const slices = sliced(encoder.encode(text), cuts);
	for await (const piece of splitJson(signal, slices, (key) => cutKeys.includes(key))) {
		found.push(piece.keys.length > 0 ? `${piece.keys.join('.')}: ${piece.text}` : piece.text);
	}
	return found;
}

const TEXTS: readonly (readonly [name: string, text: string, pieces: readonly string[]])[] = [
	['a list', ' [{"a":1}, {"b":[{"c":2}]},\n{}] ', ['{"a":1}', '{"b":[{"c":2}]}', '{}']],
	['an object', '{"a":{"b":[1,2]},"c":"d"}', ['{"a":{"b":[1,2]},"c":"d"}']],
	['lines', '{"a":1}\r\n{"b":{"c":2}}\n\n{"d":3}', ['{"a":1}', '{"b":{"c":2}}', '{"d":3}']],
	[
		'a list under a key',
		'{"next":null,"data":[{"a":1},{"b":{"c":[{}]}}],"other":[{"x":1}]}',
		['data: {"a":1}', 'data: {"b":{"c":[{}]}}']
	],
	['two lists under keys', '{"data":[{"a":1}],"n":1,"data":[{"b":2}]}', ['data: {"a":1}', 'data: {"b":2}']],
	[
		'signs in texts',
		'[{"a\\"}":"]}{[\\\\"},{"ö😀":"\\u007b\\""}]',
		['{"a\\"}":"]}{[\\\\"}', '{"ö😀":"\\u007b\\""}']
	],
	['keys that look like others', '{"x":"data","data":[{"data":[{"y":1}]}]}', ['data: {"data":[{"y":1}]}']],
	['nothing', ' \n', []],
	['an empty list', '[]', []]
];

describe('the pieces of a JSON text', () => {
	it.each(TEXTS)('are found in %s, wherever its slices end', async (_, text, expected) => {
		expect(await pieces(text)).toEqual(expected);
		const { length } = encoder.encode(text);
		for (let cut = 0; cut <= length; cut++) expect(await pieces(text, [cut])).toEqual(expected);
		expect(
			await pieces(
				text,
				Array.from({ length }, (_, i) => i)
			)
		).toEqual(expected);
	});

	it('stay together under keys that are not cut', async () => {
		const text = '{"data":[{"a":1}]}';
		expect(await pieces(text, [], [])).toEqual([text]);
	});

	it.each(['[{"a":1}', '{"a":', '{"a":"b', '[{"a":1}]]', '}'])('are none of %s', async (text) => {
		await expect(pieces(text)).rejects.toThrow('damaged_json');
	});
});
