import { describe, expect, it } from 'vitest';
import { detectDialect } from '../../../src/lib/import/detect';
import { utf8 } from '../../support/memory-workspace';

function detect(text: string | Uint8Array, isWhole = true) {
	return detectDialect(typeof text === 'string' ? utf8(text) : text, isWhole);
}

function dialectOf(text: string) {
	const found = detect(text);
	if ('problem' in found) throw new Error(found.problem.code);
	return found.dialect;
}

describe('detectDialect', () => {
	it.each([
		[',', 'timestamp,event,pin_id'],
		['\t', 'timestamp\tevent\tpin_id'],
		[';', 'timestamp;event;pin_id'],
		['|', 'timestamp|event|pin_id'],
		// the delimiter is the one that makes the most columns known, not the one that occurs most
		[';', 'timestamp;event;pin_id;"a,b,c,d,e,f"'],
		[';', 'a,b,c;timestamp;event;pin_id'],
		['\t', '"timestamp"\t"event"\t"pin_id"'],
		[',', 'timestamp,event,pin_id,a;b;c;d;e']
	])('finds the delimiter %j in %j', (delimiter, header) => {
		expect(String.fromCharCode(dialectOf(`${header}\n`).delimiter)).toBe(delimiter);
	});

	it.each([
		{ name: 'LF', text: 'timestamp,event,pin_id\n1', start: 23, line: 2 },
		{ name: 'CR LF', text: 'timestamp,event,pin_id\r\n1', start: 24, line: 2 },
		{ name: 'CR', text: 'timestamp,event,pin_id\r1', start: 23, line: 2 },
		{ name: 'a byte order mark', text: '\uFEFFtimestamp,event,pin_id\n1', start: 26, line: 2 },
		{ name: 'empty lines before', text: '\n\r\ntimestamp,event,pin_id\n1', start: 26, line: 4 },
		{ name: 'a name of two lines', text: 'timestamp,event,pin_id,"my\nnote"\n1', start: 33, line: 3 },
		{ name: 'no line end', text: 'timestamp,event,pin_id', start: 22, line: 2 }
	])('says where the rows start after a header with $name', ({ text, start, line }) => {
		const { bodyStart, bodyLine } = dialectOf(text);
		expect({ bodyStart, bodyLine }).toEqual({ bodyStart: start, bodyLine: line });
	});

	it('undoes quotes in names, and leaves the bytes as they were', () => {
		const bytes = utf8('timestamp,event,pin_id,"a ""b"" c"\n');
		const before = bytes.slice();
		const found = detectDialect(bytes, true);
		expect('dialect' in found && found.dialect.header.unknown).toEqual(['a "b" c']);
		expect(bytes).toEqual(before);
	});

	it.each([
		['nothing', ''],
		['a byte order mark alone', '\uFEFF'],
		['empty lines alone', '\r\n\n\r\n']
	])('finds a file of %s empty', (_, text) => {
		expect(detect(text)).toEqual({ problem: { code: 'empty_file' } });
	});

	it.each([
		['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
		['UTF-16', new Uint8Array(new Uint16Array([...'timestamp,event'].map((c) => c.charCodeAt(0))).buffer)]
	])('finds that %s is not text', (_, bytes) => {
		expect(detect(bytes)).toEqual({ problem: { code: 'not_text' } });
	});

	it('does not look for a header that is longer than what it was given', () => {
		expect(detect('timestamp,event,pin_id', false)).toEqual({ problem: { code: 'row_too_long', line: 1 } });
		expect(detect('"timestamp,event\n', false)).toEqual({ problem: { code: 'row_too_long', line: 1 } });
	});

	it('names what is missing, by the reading that knows most', () => {
		expect(detect('Timestamp;Clicks;Pin ID\n')).toEqual({
			problem: { code: 'missing_columns', missing: ['event'], found: ['Timestamp', 'Clicks', 'Pin ID'] }
		});
	});
});
