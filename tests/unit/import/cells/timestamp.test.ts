import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_A_TIME, OUT_OF_YEARS, parseTimestamp } from '../../../../src/lib/import/cells/timestamp';
import { utf8 } from '../../../support/memory-workspace';

function parse(text: string): number {
	// as in a file: the cell stands among others
	const bytes = utf8(`2024,${text},-05:00`);
	return parseTimestamp(bytes, 5, bytes.length - 7);
}

const at = (iso: string) => Date.parse(iso);

describe('parseTimestamp', () => {
	it.each([
		['2025-01-31T18:04:05.123Z', '2025-01-31T18:04:05.123Z'],
		['2025-01-31T18:04:05.123', '2025-01-31T18:04:05.123Z'],
		['2025-01-31T18:04:05Z', '2025-01-31T18:04:05Z'],
		['2025-01-31T18:04:05', '2025-01-31T18:04:05Z'],
		['2025-01-31T18:04Z', '2025-01-31T18:04:00Z'],
		['2025-01-31T18:04', '2025-01-31T18:04:00Z'],
		['2025-01-31 18:04:05.123', '2025-01-31T18:04:05.123Z'],
		['2025-01-31 18:04:05.123Z', '2025-01-31T18:04:05.123Z'],
		['2025-01-31 18:04', '2025-01-31T18:04:00Z'],
		['2025-01-31t18:04:05z', '2025-01-31T18:04:05Z'],
		['2025-01-31', '2025-01-31T00:00:00Z'],
		['  2025-01-31\t', '2025-01-31T00:00:00Z'],
		[' 2025-01-31T18:04 ', '2025-01-31T18:04:00Z'],
		// offsets
		['2025-01-31T18:04:05+02:00', '2025-01-31T16:04:05Z'],
		['2025-01-31T18:04:05+0200', '2025-01-31T16:04:05Z'],
		['2025-01-31T18:04:05+02', '2025-01-31T16:04:05Z'],
		['2025-01-31T18:04+05:30', '2025-01-31T12:34:00Z'],
		['2025-01-31 18:04:05.5-03:30', '2025-01-31T21:34:05.500Z'],
		['2025-01-31T00:00:00-00:00', '2025-01-31T00:00:00Z'],
		['2024-12-31T23:30:00-01:00', '2025-01-01T00:30:00Z'],
		['2024-03-01T00:30:00+01:00', '2024-02-29T23:30:00Z'],
		['2025-01-31T12:00:00+14:00', '2025-01-30T22:00:00Z'],
		['2025-01-31T12:00:00-23:59', '2025-02-01T11:59:00Z'],
		// fractions: finer digits than milliseconds are cut off
		['2025-01-31T18:04:05.1Z', '2025-01-31T18:04:05.100Z'],
		['2025-01-31T18:04:05.12Z', '2025-01-31T18:04:05.120Z'],
		['2025-01-31T18:04:05.1239Z', '2025-01-31T18:04:05.123Z'],
		['2025-01-31T18:04:05.9999999Z', '2025-01-31T18:04:05.999Z'],
		['2025-01-31T18:04:05.000999999999999999999+01:00', '2025-01-31T17:04:05.000Z'],
		['2025-01-31T18:04:05,123Z', '2025-01-31T18:04:05.123Z'],
		// leap days and ends
		['2024-02-29', '2024-02-29T00:00:00Z'],
		['2000-02-29T23:59:59.999Z', '2000-02-29T23:59:59.999Z'],
		['2025-12-31T23:59:59', '2025-12-31T23:59:59Z'],
		['1990-01-01', '1990-01-01T00:00:00Z'],
		['2099-12-31T23:59:59.999Z', '2099-12-31T23:59:59.999Z'],
		// the year that counts is that of the instant
		['1989-12-31T23:30:00-01:00', '1990-01-01T00:30:00Z'],
		['2100-01-01T00:30:00+01:00', '2099-12-31T23:30:00Z'],
		// epoch time: up to 11 digits are seconds, more are milliseconds
		['1711839600', '2024-03-30T23:00:00Z'],
		['01711839600', '2024-03-30T23:00:00Z'],
		['631152000', '1990-01-01T00:00:00Z'],
		['4102444799', '2099-12-31T23:59:59Z'],
		['631152000000', '1990-01-01T00:00:00Z'],
		['1711839600123', '2024-03-30T23:00:00.123Z'],
		['4102444799999', '2099-12-31T23:59:59.999Z'],
		[' 1711839600 ', '2024-03-30T23:00:00Z']
	])('reads %j as %s', (text, instant) => {
		expect(parse(text)).toBe(at(instant));
	});

	it.each([
		'',
		'   ',
		'now',
		'yesterday',
		// dates and times that do not exist
		'2023-02-29',
		'1900-02-29',
		'2100-02-29',
		'2024-02-30',
		'2024-04-31',
		'2024-13-01',
		'2024-00-01',
		'2024-01-00',
		'2024-01-32',
		'2024-06-01T24:00',
		'2024-06-01T24:00:00Z',
		'2024-06-01T25:00:00Z',
		'2024-06-01T23:60:00Z',
		'2024-06-01T23:59:60Z',
		// cut short or misspelt
		'2024-06',
		'2024-6-1',
		'2024-06-01T',
		'2024-06-01T10',
		'2024-06-01T1:00',
		'2024-06-01T10:0',
		'2024-06-01T10:00:',
		'2024-06-01T10:00:0',
		'2024-06-01T10:00:00.',
		'2024-06-01T10:00:00.Z',
		'2024-06-01T10-00',
		'2024-06-01x10:00',
		'2024-06-01  10:00',
		'2024-06-01Z',
		'2024-06-01T10:00:00 Z',
		'2024-06-01T10:00:00ZZ',
		'2024-06-01T10:00:00UTC',
		'2024-06-01T10:00:00+',
		'2024-06-01T10:00:00+2',
		'2024-06-01T10:00:00+2:00',
		'2024-06-01T10:00:00+020',
		'2024-06-01T10:00:00+02:0',
		'2024-06-01T10:00:00+02-00',
		'2024-06-01T10:00:00+24:00',
		'2024-06-01T10:00:00+02:60',
		'2024-06-01T10:00:00+02:00Z',
		'2024-06-01T10:00am',
		'2024-0a-01',
		'２０２４-06-01',
		// other ways to write dates
		'2024/06/01',
		'01.06.2024',
		'06/01/2024',
		'20240601T100000Z',
		'1 Jun 2024',
		// numbers that are no epoch time
		'-1711839600',
		'+1711839600',
		'1711839600.5',
		'1.7e9',
		'1 711 839 600',
		'0x65f',
		'17118396001234567x'
	])('takes %j for no time', (text) => {
		expect(parse(text)).toBe(NOT_A_TIME);
	});

	it.each([
		'1989-12-31T23:59:59.999Z',
		'1990-01-01T00:30:00+01:00',
		'1969-12-31',
		'1600-01-01',
		'0001-01-01T00:00:00Z',
		'2100-01-01',
		'2099-12-31T23:30:00-01:00',
		'9999-12-31',
		'0',
		'1',
		'20240601',
		'631151999',
		'4102444800',
		'99999999999',
		'100000000000',
		'631151999999',
		'4102444800000',
		'999999999999999',
		'1711839600123456',
		'99999999999999999999'
	])('finds that %j is in no year that counts', (text) => {
		expect(parse(text)).toBe(OUT_OF_YEARS);
	});

	it('reads eleven digits as seconds and twelve as milliseconds', () => {
		expect(parse('04102444799')).toBe(4_102_444_799_000);
		expect(parse('700000000000')).toBe(700_000_000_000);
	});

	it('reads every instant back from its ISO form, in any order', () => {
		const instant = fc.integer({ min: at('1990-01-01'), max: at('2100-01-01') - 1 });
		fc.assert(
			fc.property(fc.array(instant, { minLength: 1, maxLength: 5 }), (instants) => {
				expect(instants.map((ms) => parse(new Date(ms).toISOString()))).toEqual(instants);
				expect(instants.map((ms) => parse(String(ms)))).toEqual(
					instants.map((ms) => (ms < 1e11 ? OUT_OF_YEARS : ms))
				);
			}),
			{ numRuns: 500 }
		);
	});

	it('reads a time by itself, whatever date was read before', () => {
		const times = [
			'T10:00:00.000Z',
			'T24:00:00.000Z',
			'T23:60:00.000Z',
			'T23:59:60.000Z',
			'T2a:00:00.000Z',
			'T20:0a:00.000Z',
			'T20:00:0a.000Z',
			'T20:00:00.00aZ',
			'T20:00:00.000z',
			't20:00:00.000Z',
			' 20:00:00.000Z',
			'T20:00:00,000Z',
			'T20-00:00.000Z',
			'T20:00-00.000Z',
			'T20:00:00.0000',
			'T20:00:00+02:0',
			'T20:00+02:00  '
		];
		const cells = ['2024-06-01', '2024-06-02', '1989-06-01', '2024-02-30'].flatMap((date) =>
			times.map((time) => date + time)
		);
		const alone = cells.map((cell) => {
			parse('2001-01-01');
			return parse(cell);
		});
		expect(alone.filter((ms) => ms >= 0)).toHaveLength(2 * 7);
		for (const before of ['2024-06-01', '2024-06-02', '1989-06-01', '2024-02-30']) {
			const after = cells.map((cell) => {
				parse(before);
				return parse(cell);
			});
			expect(after).toEqual(alone);
		}
	});

	it('says of any text what Date says of the same form', () => {
		const two = fc.integer({ min: 0, max: 70 }).map((n) => String(n).padStart(2, '0'));
		const year = fc.integer({ min: 1985, max: 2104 });
		fc.assert(
			fc.property(year, two, two, two, two, two, (y, month, day, hour, minute, second) => {
				const text = `${y}-${month}-${day}T${hour}:${minute}:${second}Z`;
				const ms = Date.parse(text);
				// Date lets a day of up to 31 and 24:00 roll over
				const isTime = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 19));
				const inYears = isTime && ms >= at('1990-01-01') && ms < at('2100-01-01');
				expect(parse(text)).toBe(!isTime ? NOT_A_TIME : inYears ? ms : OUT_OF_YEARS);
			}),
			{ numRuns: 3_000 }
		);
	});
});
