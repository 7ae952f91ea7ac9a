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
		['NULs in text', utf8(`${HEADER}2026-05-01,save,1\0\0\0å\0\n`), 'utf-8'],
		[
			'NULs in text of one byte a letter',
			Uint8Array.from([...utf8(HEADER), 0xe5, 0, 0, 0x2c]),
			'windows-1252'
		],
		['text in the midst of NULs', Uint8Array.from([...utf8(HEADER), ...new Uint8Array(9_000)]), 'utf-8'],
		['a stray control character among NULs', utf8(`${HEADER.repeat(9)}\u0001\0`), 'utf-8'],
		['NULs alone', new Uint8Array(512), null],
		['numbers of two bytes', new Uint8Array(Uint16Array.from({ length: 999 }, (_, i) => i).buffer), null],
		['zeros here and there', Uint8Array.from([1, 2, 0, 3, 4, 0, 5, 6, 7]), null],
		['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), null],
		['control characters', Uint8Array.from([0xe5, 0x2c, 1, 2]), null]
	])('reads %s', (_, bytes, encoding) => {
		expect(detectEncoding(bytes)).toBe(encoding);
	});
});
