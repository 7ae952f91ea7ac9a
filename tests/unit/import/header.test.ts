import { describe, expect, it } from 'vitest';
import { knownNames, readHeader } from '../../../src/lib/import/header';
import { EVENT_COLUMNS } from '../../../src/lib/model/event';

function fieldOf(names: readonly string[]) {
	const found = readHeader(names);
	if ('problem' in found) throw new Error(found.problem.code);
	return found.header;
}

describe('readHeader', () => {
	it('finds every column in any order', () => {
		const names = [...EVENT_COLUMNS].reverse();
		const { fieldOf: fields, unknown } = fieldOf(names);
		expect(Object.entries(fields).map(([column, field]) => names[field] === column)).not.toContain(false);
		expect(unknown).toEqual([]);
	});

	const unseen = [
		'\u200bpin_id',
		'pin_id\ufeff',
		'\u00a0Pin\u00a0ID\u200b',
		'pin\u202fid',
		'\u200e pin_id\u00ad'
	];
	it.each(['pin_id', 'PIN_ID', 'Pin ID', 'pin-id', '  Pin-Id\t', ...unseen])(
		'takes “%s” for pin_id',
		(name) => {
			expect(fieldOf(['timestamp', name, 'event']).fieldOf.pin_id).toBe(1);
		}
	);

	it.each(['pinid', 'pin__id', 'pin.id', 'pin  id', 'pin\u200bid'])(
		'does not take “%s” for pin_id',
		(name) => {
			expect(readHeader(['timestamp', name, 'event'])).toEqual({
				problem: { code: 'missing_columns', missing: ['pin_id'], found: ['timestamp', name.trim(), 'event'] }
			});
		}
	);

	it('names the columns that are kept out, and the columns that are not there', () => {
		const { fieldOf: fields, unknown } = fieldOf([
			'timestamp',
			' Notes ',
			'event',
			'pin_id',
			'hasOwnProperty'
		]);
		expect(unknown).toEqual(['Notes', 'hasOwnProperty']);
		expect(fields.user_id).toBe(-1);
	});

	it('names every needed column that is missing, in their order', () => {
		expect(readHeader(['clicks', '', 'views'])).toEqual({
			problem: {
				code: 'missing_columns',
				missing: ['timestamp', 'event', 'pin_id'],
				found: ['clicks', 'views']
			}
		});
	});

	it.each([
		[['timestamp', 'event', 'pin_id', 'event'], 'event'],
		[['timestamp', 'event', 'pin_id', ' Pin-ID '], 'Pin-ID'],
		[['timestamp', 'event', 'pin_id', 'note', 'NOTE'], 'NOTE'],
		[['event', 'event'], 'event']
	])('fails where a column is named twice: %j', (names, column) => {
		expect(readHeader(names)).toEqual({ problem: { code: 'duplicate_column', column } });
	});

	it('lets columns without a name stand side by side', () => {
		expect(fieldOf(['timestamp', '', 'event', ' ', 'pin_id']).fieldOf).toMatchObject({ event: 2, pin_id: 4 });
	});
});

describe('knownNames', () => {
	it('counts the columns of event files alone', () => {
		expect(knownNames(['Timestamp', 'pin id', 'clicks', ''])).toBe(2);
	});
});
