import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutSurroundings } from '../../../../src/lib/import/cells/surroundings';
import { readAttribute, readId, type Span } from '../../../../src/lib/import/cells/text';
import { guardFormula } from '../../../../src/lib/model/csv-cell';
import { utf8 } from '../../../support/memory-workspace';

function read(reader: typeof readId, text: string): string {
	const bytes = utf8(`,${text},`);
	const span: Span = { bytes: new Uint8Array(0), start: 0, end: 0 };
	reader(bytes, 1, bytes.length - 1, span);
	return new TextDecoder().decode(span.bytes.subarray(span.start, span.end));
}

describe('readId', () => {
	it.each([
		['912345678901234567', '912345678901234567'],
		[' 912345678901234567\t', '912345678901234567'],
		['0007', '0007'],
		['\u00a0pin\u3000', 'pin'],
		['\u200b880\u200d', '880'],
		['\ufeff \u2060880\u00a0\u00ad\u202c', '880'],
		["\u200b'=1+1", '=1+1'],
		['\u200b\u00a0', ''],
		['a\u200bb', 'a\u200bb'],
		['\u{1F469}\u200d\u{1F4BB}', '\u{1F469}\u200d\u{1F4BB}'],
		['a b', 'a b'],
		['é', 'é'],
		['e\u0301', 'e\u0301'],
		['\u{1F4CC}', '\u{1F4CC}'],
		['=1+1', '=1+1'],
		["'=1+1", '=1+1'],
		["''=1+1", "'=1+1"],
		["'-12.5", "'-12.5"],
		["'quoted'", "'quoted'"],
		[" '=1+1 ", '=1+1'],
		["'", "'"],
		['', ''],
		['  ', '']
	])('reads %j as %j', (text, id) => {
		expect(read(readId, text)).toBe(id);
	});

	it('brings back every trimmed text that an export writes', () => {
		const id = fc.string({ unit: 'grapheme' }).map(withoutSurroundings);
		fc.assert(
			fc.property(id, (text) => {
				expect(read(readId, guardFormula(text))).toBe(text);
			}),
			{ numRuns: 1_000 }
		);
	});
});

describe('readAttribute', () => {
	it.each([
		['Title', 'Title'],
		['  spaces kept ', '  spaces kept '],
		["'=1+1", '=1+1'],
		["'\ttab", '\ttab'],
		["'\nline", '\nline'],
		["' apostrophe", "' apostrophe"],
		["'-12.5", "'-12.5"],
		['', '']
	])('reads %j as %j', (text, attribute) => {
		expect(read(readAttribute, text)).toBe(attribute);
	});

	it('brings back every text that an export writes', () => {
		const text = fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.string({ unit: fc.constantFrom("'", '=', '-', '\t', '\n', '\r', '1', 'x') })
		);
		fc.assert(
			fc.property(text, (attribute) => {
				expect(read(readAttribute, guardFormula(attribute))).toBe(attribute);
			}),
			{ numRuns: 2_000 }
		);
	});
});
