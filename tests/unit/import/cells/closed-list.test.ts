import { describe, expect, it } from 'vitest';
import {
	UNKNOWN_VALUE,
	dimensionList,
	eventList,
	type ClosedList
} from '../../../../src/lib/import/cells/closed-list';
import {
	CLOSED_VALUES,
	DIMENSION_DEFAULTS,
	EVENTS,
	type ClosedDimension
} from '../../../../src/lib/model/event';
import { utf8 } from '../../../support/memory-workspace';

function parse(list: ClosedList, text: string): number {
	const bytes = utf8(`,${text},`);
	return list.parse(bytes, 1, bytes.length - 1);
}

describe('eventList', () => {
	it.each<readonly [string, string]>([
		...EVENTS.map((name) => [name, name] as const),
		['pin_click', 'closeup'],
		['outbound_click', 'link_click'],
		['repin', 'save'],
		['Impression', 'impression'],
		['IMPRESSION', 'impression'],
		[' impression ', 'impression'],
		['Close-Up', 'closeup'],
		['close up', 'closeup'],
		['LinkClick', 'link_click'],
		['Link Click', 'link_click'],
		['carousel-swipe', 'carousel_swipe'],
		['VIDEO PLAY', 'video_play'],
		['Pin Click', 'closeup'],
		['PIN-CLICK', 'closeup'],
		['Outbound  click', 'link_click'],
		['Re-Pin', 'save'],
		['_i_m_p_r_e_s_s_i_o_n_', 'impression']
	])('reads %j as %s', (text, name) => {
		expect(EVENTS[parse(eventList(), text)]).toBe(name);
	});

	it.each([
		'',
		' ',
		'clicks',
		'impressions',
		'hover',
		'click',
		'toString',
		'__proto__',
		'constructor',
		'video',
		'İmpression'
	])('knows no event %j', (text) => {
		expect(parse(eventList(), text)).toBe(UNKNOWN_VALUE);
	});
});

describe('dimensionList', () => {
	const cases = Object.entries(CLOSED_VALUES).flatMap(([dimension, values]) =>
		values.map((value, index) => ({ dimension: dimension as ClosedDimension, value, index }))
	);

	it.each(cases)(
		'reads $value of $dimension in any case and with space around',
		({ dimension, value, index }) => {
			const list = dimensionList(dimension, DIMENSION_DEFAULTS[dimension]);
			const title = value[0]!.toUpperCase() + value.slice(1);
			expect(
				[value, value.toUpperCase(), title, ` ${value}\t`, `\u00a0${value}`].map((text) => parse(list, text))
			).toEqual(Array<number>(5).fill(index));
		}
	);

	it.each<[ClosedDimension, string]>([
		['content_type', 'organic'],
		['source', 'own'],
		['device', 'unknown'],
		['format', 'standard']
	])('reads an empty %s as %s', (dimension, value) => {
		const list = dimensionList(dimension, DIMENSION_DEFAULTS[dimension]);
		const values: readonly string[] = CLOSED_VALUES[dimension];
		expect(['', ' ', '\t '].map((text) => values[parse(list, text)])).toEqual([value, value, value]);
	});

	it.each<[ClosedDimension, string]>([
		['content_type', 'sponsored'],
		['content_type', 'or ganic'],
		['source', 'Your Pins'],
		['device', 'phone'],
		['format', 'story'],
		['format', 'video pin'],
		['format', 'constructor']
	])('knows no %s %j', (dimension, text) => {
		expect(parse(dimensionList(dimension, DIMENSION_DEFAULTS[dimension]), text)).toBe(UNKNOWN_VALUE);
	});

	it('still tells values apart after more spellings than it remembers, and in very long cells', () => {
		const list = dimensionList('device', 'unknown');
		const strange = Array.from({ length: 3_000 }, (_, i) => parse(list, `device ${i}`));
		expect(new Set(strange)).toEqual(new Set([UNKNOWN_VALUE]));
		const desktop = CLOSED_VALUES.device.indexOf('desktop');
		expect(parse(list, 'desktop')).toBe(desktop);
		expect(parse(list, `${' '.repeat(100)}Desktop${' '.repeat(100)}`)).toBe(desktop);
	});
});
