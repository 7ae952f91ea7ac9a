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

	it.each([
		{ name: 'sep=;', text: 'sep=;\r\ntimestamp;event;pin_id;a,b,c\r\n', delimiter: ';', line: 3 },
		{ name: 'a mark before it', text: '\uFEFFsep=,\ntimestamp,event,pin_id\n', delimiter: ',', line: 3 },
		{ name: 'a tab', text: 'sep=\t\rtimestamp\tevent\tpin_id\r', delimiter: '\t', line: 3 },
		{ name: 'an uncommon sign', text: 'SEP=^\ntimestamp^event^pin_id\n', delimiter: '^', line: 3 },
		{ name: 'quotes around it', text: '"sep=:"\n\ntimestamp:event:pin_id\n', delimiter: ':', line: 4 },
		{ name: 'a title below it', text: 'sep=|\nPins\ntimestamp|event|pin_id\n', delimiter: '|', line: 4 }
	])('takes the delimiter that a first line names: $name', ({ text, delimiter, line }) => {
		const found = dialectOf(text);
		expect(String.fromCharCode(found.delimiter)).toBe(delimiter);
		expect(found.header.fieldOf).toMatchObject({ timestamp: 0, event: 1, pin_id: 2 });
		expect([found.bodyStart, found.bodyLine]).toEqual([utf8(text).length, line]);
	});

	it.each(['sep=', 'sep=;;', 'sep=a', 'sep="', 'sep=;x'])(
		'takes the line %s for no name of a delimiter',
		(first) => {
			const { delimiter, bodyLine } = dialectOf(`${first}\ntimestamp,event,pin_id\n`);
			expect([String.fromCharCode(delimiter), bodyLine]).toEqual([',', 3]);
		}
	);

	it('holds a file to the delimiter that it names', () => {
		expect(detect('sep=;\ntimestamp,event,pin_id\n')).toMatchObject({ problem: { code: 'missing_columns' } });
	});

	it.each([
		['a report', 'Pin report\r\nWorkspace:,Oak & Linen\r\nDates,2026-02-01 - 2026-02-28,,\r\n\r\n'],
		['comments', '# made by a tool; with, all | delimiters\n#\n# timestamp, event and more\n'],
		['quotes that never close', '"Pins\n5" wide\n'],
		['a row that is no RFC 4180', '"Pins" of,2026\n'],
		['names that are not all there', 'timestamp,event\nevent,pin_id\n'],
		['a wider table', 'a;b;c;d;e;f\n1;2;3;4;5;6\n']
	])('finds a header below %s', (_, above) => {
		const text = `${above}Timestamp;Event;Pin ID;"my\nnote"\n`;
		const { delimiter, header, bodyStart, bodyLine } = dialectOf(text);
		expect(String.fromCharCode(delimiter)).toBe(';');
		expect(header.names).toEqual(['Timestamp', 'Event', 'Pin ID', 'my\nnote']);
		expect(bodyStart).toBe(utf8(text).length);
		expect(bodyLine).toBe(text.match(/\r\n|\n/g)!.length + 1);
	});

	it('looks for a header below 30 lines, and no more', () => {
		const below = (lines: number) => detect(`${'# note\n'.repeat(lines)}timestamp,event,pin_id\n`);
		expect(below(30)).toMatchObject({ dialect: { bodyLine: 32 } });
		expect(below(31)).toEqual({
			problem: { code: 'missing_columns', missing: ['timestamp', 'event', 'pin_id'], found: ['# note'] }
		});
	});

	it('says what is wrong with a header below other lines', () => {
		expect(detect('Pins\ntimestamp,event,pin_id,Event\n')).toEqual({
			problem: { code: 'duplicate_column', column: 'Event' }
		});
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
		['empty lines alone', '\r\n\n\r\n'],
		['the name of a delimiter alone', 'sep=;\r\n']
	])('finds a file of %s empty', (_, text) => {
		expect(detect(text)).toEqual({ problem: { code: 'empty_file' } });
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
