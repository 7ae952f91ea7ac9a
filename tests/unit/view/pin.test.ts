import { describe, expect, it } from 'vitest';
import { exportFileName, rejectedFileName } from '../../../src/lib/view/file-name';
import {
	MAX_PICTURE_LENGTH,
	pinLink,
	pinName,
	pinPicture,
	platformBoard,
	platformPin
} from '../../../src/lib/view/pin';
import { paceOf } from '../../../src/lib/view/progress';

const PNG = 'data:image/png;base64,iVBORw0KGgo=';

describe('pin', () => {
	it.each([
		{ name: 'a png', url: PNG, isDrawn: true },
		{ name: 'a webp in capitals', url: 'data:image/WEBP;base64,AAAA', isDrawn: true },
		{ name: 'an address of the web', url: 'https://example.com/a.png', isDrawn: false },
		{ name: 'svg, which can hold scripts', url: 'data:image/svg+xml;base64,AAAA', isDrawn: false },
		{ name: 'text', url: 'data:text/html;base64,AAAA', isDrawn: false },
		{ name: 'a picture that is not base64', url: 'data:image/png,AAAA', isDrawn: false },
		{ name: 'something behind the picture', url: `${PNG}" onerror="x`, isDrawn: false },
		{
			name: 'too large a picture',
			url: `data:image/png;base64,${'A'.repeat(MAX_PICTURE_LENGTH)}`,
			isDrawn: false
		},
		{ name: 'nothing', url: '', isDrawn: false }
	])('draws or leaves $name', ({ url, isDrawn }) => {
		expect(pinPicture(url)).toBe(isDrawn ? url : null);
	});

	it.each([
		{ link: 'https://www.shop.example/p/1?a=b', host: 'shop.example' },
		{ link: 'HTTP://shop.example:8080', host: 'shop.example:8080' },
		{ link: 'javascript:alert(1)', host: null },
		{ link: ' https://shop.example', host: null },
		{ link: '//shop.example', host: null },
		{ link: 'https://', host: null },
		{ link: 'data:text/html,x', host: null },
		{ link: '', host: null }
	])('follows $link only to the web', ({ link, host }) => {
		expect(pinLink(link)?.host ?? null).toBe(host);
	});

	it('calls a Pin by its title, else by its id', () => {
		const pin = {
			pinId: '18',
			title: 'Oak',
			board: '',
			link: '',
			imageUrl: '',
			createdAt: '',
			format: 'standard'
		};
		expect(pinName(pin)).toBe('Oak');
		expect(pinName({ ...pin, title: '  ' })).toBe('18');
	});
});

describe('the platform', () => {
	it('has a page for each Pin that has one of its numbers', () => {
		expect(platformPin('1091700765947216952')).toBe('https://www.pinterest.com/pin/1091700765947216952/');
		for (const id of ['', 'pin-1', '12/../x', '1 2', '1.09E+18']) expect(platformPin(id)).toBeNull();
	});

	it('has a page for a board of which the address is known', () => {
		expect(platformBoard('oakandlinen/kitchen-shelves')).toBe(
			'https://www.pinterest.com/oakandlinen/kitchen-shelves/'
		);
		for (const name of ['', 'Kitchen shelves', 'a/b/c', '//host', 'Lamps / light', 'a/..', './b'])
			expect(platformBoard(name)).toBeNull();
	});
});

describe('file names', () => {
	it('names an export after what it holds', () => {
		const range = { from: '2026-01-01', to: '2026-01-31' };
		expect(exportFileName('daily', range)).toBe('tackboard_daily_2026-01-01_2026-01-31.csv');
		expect(exportFileName('workbook', range)).toBe('tackboard_everything_2026-01-01_2026-01-31.xlsx');
	});

	it.each([
		{ file: 'events.csv', name: 'tackboard_rejected_events.csv' },
		{ file: 'events 2026.csv.gz', name: 'tackboard_rejected_events-2026.csv' },
		{ file: '../a/b.csv', name: 'tackboard_rejected_..-a-b.csv' },
		{ file: '', name: 'tackboard_rejected_rows.csv' }
	])('names the rejected rows of "$file"', ({ file, name }) => {
		expect(rejectedFileName(file)).toBe(name);
	});
});

describe('pace', () => {
	const progress = {
		file: 'a.csv',
		filesDone: 0,
		files: 1,
		bytesDone: 25,
		bytes: 100,
		accepted: 990,
		rejected: 10
	};

	it('tells rate and time left once it has settled', () => {
		expect(paceOf(progress, 2000)).toEqual({
			fraction: 0.25,
			rows: 1000,
			rowsPerSecond: 500,
			secondsLeft: 6
		});
	});

	it('does not guess at the very start, or for an empty file', () => {
		expect(paceOf(progress, 100).secondsLeft).toBeNull();
		expect(paceOf({ ...progress, bytes: 0, bytesDone: 0 }, 2000)).toMatchObject({
			fraction: 0,
			secondsLeft: null
		});
	});
});
