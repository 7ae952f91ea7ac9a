import { describe, expect, it } from 'vitest';
import {
	guessMapping,
	headerSignature,
	mappedHeader,
	previewTable,
	readMappedTable,
	readTable
} from '../../../src/lib/import/mapping';
import { told } from '../../support/reported-file';

const WIDE = [
	'Dag;Pin nummer;Visningar;Repins;Watch time;Note',
	'2026-03-01;1091700765947216952;10;1;3;first',
	'2026-03-01;1091700765947299104;;2;;',
	'2026-03-02;1.09E+18;5;1;;',
	'someday;1091700765947216952;5;1;;'
].join('\n');

function guess(text: string) {
	const { names, rows } = readTable(text);
	return guessMapping(names, rows);
}

describe('the guess at a table', () => {
	it('goes by names, and by what columns hold', () => {
		expect(guess(WIDE)).toEqual({
			kind: 'figures',
			roles: ['date', 'pin_id', 'impressions', 'saves', '', '']
		});
		const events = 'When,What,Which,Visitor ID\n2026-03-01 10:00,repin,1091700765947216952,u1';
		expect(guess(events)).toEqual({ kind: 'events', roles: ['timestamp', 'event', 'pin_id', 'user_id'] });
	});

	it('gives no role twice', () => {
		const { roles } = guess('Date,Day,Saves,Repins\n2026-03-01,2026-03-01,1,1');
		expect(roles).toEqual(['date', '', 'saves', '']);
	});

	it('is kept by the names, whatever their case', () => {
		expect(headerSignature(['Date', 'Pin clicks'])).toBe(headerSignature(['DATE', 'pin_clicks']));
		expect(headerSignature(['Date', 'Saves'])).not.toBe(headerSignature(['Saves', 'Date']));
	});
});

describe('a mapped table', () => {
	it('becomes figures by day and Pin; a blank becomes none', () => {
		const result = readMappedTable(WIDE, guess(WIDE));
		expect(told(result)).toEqual(
			[
				'impressions 2026-03-01 pin 1091700765947216952 = 10',
				'saves 2026-03-01 pin 1091700765947216952 = 1',
				'saves 2026-03-01 pin 1091700765947299104 = 2'
			].sort()
		);
		expect(result).toMatchObject({ accepted: 2, rejected: 2, unknownColumns: ['Watch time', 'Note'] });
		expect(result.rejections.map(({ line, column }) => [line, column])).toEqual([
			[4, 'Pin nummer'],
			[5, 'Dag']
		]);
	});

	it('keeps the filters that its rows name', () => {
		const text = 'Date,Saves,Device\n2026-03-01,1,Mobile\n2026-03-01,4,All\n2026-03-01,4,Watch';
		const result = readMappedTable(text, guess(text));
		expect(told(result)).toEqual(
			['saves 2026-03-01 account device=mobile = 1', 'saves 2026-03-01 account = 4'].sort()
		);
		expect(result.rejected).toBe(1);
	});

	it('shows what its first rows become, and what is missing', () => {
		const { names, rows } = readTable(WIDE);
		const preview = previewTable(names, rows, guess(WIDE), false);
		expect(preview).toMatchObject({ missing: [], twice: [] });
		expect(preview.rows.map(({ figures }) => figures)).toEqual([2, 1, 0, 0]);
		const bare = { kind: 'figures', roles: ['saves', 'saves', '', '', '', ''] } as const;
		expect(previewTable(names, rows, bare, true)).toMatchObject({ missing: ['date'], twice: ['saves'] });
	});

	it('of events gets the header of an event file', () => {
		const mapping = { kind: 'events', roles: ['timestamp', '', 'event', 'pin_id'] } as const;
		expect(mappedHeader(mapping, ';')).toBe('timestamp;left out 2;event;pin_id');
	});
});
