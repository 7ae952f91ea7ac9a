import { describe, expect, it } from 'vitest';
import { detectEncoding } from '../../../../src/lib/import/encoding/detect-encoding';
import { utf8 } from '../../../support/memory-workspace';
import { asUtf16 } from '../../../support/written-as';

const HEADER = 'timestamp,event,pin_id\n';

describe('detectEncoding', () => {
	it.each([
		['plain letters', utf8(HEADER), 'utf-8'],
		['nothing', utf8(''), 'utf-8'],
		['letters of two and four bytes', utf8(`${HEADER}å\u{1F4CC}`), 'utf-8'],
		['a character that is cut', utf8(`${HEADER}å`).slice(0, -1), 'utf-8'],
		['UTF-16 with a mark', asUtf16(HEADER), 'utf-16le'],
		['big-endian UTF-16 with a mark', asUtf16(HEADER, { isBigEndian: true }), 'utf-16be'],
		['UTF-16 without a mark', asUtf16(`${HEADER}日本`, { hasMark: false }), 'utf-16le'],
		['big-endian UTF-16 without', asUtf16(HEADER, { hasMark: false, isBigEndian: true }), 'utf-16be'],
		['a letter of one byte', Uint8Array.from([...utf8(HEADER), 0xe5, 0x2c]), 'windows-1252'],
		['zeros here and there', Uint8Array.from([1, 2, 0, 3, 4, 0, 5, 6, 7]), null],
		['control characters', Uint8Array.from([0xe5, 0x2c, 1, 2]), null]
	])('reads %s', (_, bytes, encoding) => {
		expect(detectEncoding(bytes)).toBe(encoding);
	});
});
