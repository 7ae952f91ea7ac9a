import { expect, it } from 'vitest';
import { placesByLife, type KnownLives } from '../../../src/lib/engine/life-order';
import { LIFE_ORDERS } from '../../../src/lib/model/life';

/** Pins 0 to 5; the last is made after the newest day. */
const LIVES: KnownLives = {
	newest: 100,
	born: Int32Array.of(90, 10, 90, 50, 10, 101),
	halfAges: Int32Array.of(5, 40, -1, 5, 90, -1),
	grows: Uint8Array.of(1, 0, 0, 1, 0, 0)
};

it.each([
	['oldest', [4, 1, 3, 0, 2, 5, -1]],
	['youngest', [0, 2, 3, 4, 1, 5, -1]],
	['half_latest', [4, 1, 0, 3, 5, 2, -1]],
	['half_earliest', [0, 3, 1, 4, 5, 2, -1]],
	['growing', [0, 3, 4, 1, 5, 2, -1]]
] as const)(
	'puts Pins in the order %s, equal ones in the order of the list, unknown ones last',
	(order, expected) => {
		const list = [0, 4, 1, 5, 3, 2, -1];
		const places = placesByLife(list, order, LIVES);
		expect(Array.from(places, (place) => list[place]).slice(0, 4)).toEqual(expected.slice(0, 4));
		expect(new Set(places).size).toBe(list.length);
		expect(Array.from(places, (place) => list[place])).toEqual(expected);
	}
);

it('keeps every place of a long list, whatever the order', () => {
	const count = 100_000;
	const lives = {
		newest: 20_000,
		born: Int32Array.from({ length: count }, (_, i) => (i * 7919) % 20_001),
		halfAges: Int32Array.from({ length: count }, (_, i) => ((i * 31) % 400) - 1),
		grows: Uint8Array.from({ length: count }, (_, i) => i % 2)
	};
	const pins = Int32Array.from({ length: count }, (_, i) => count - 1 - i);
	for (const order of LIFE_ORDERS)
		expect([order, new Set(placesByLife(pins, order, lives)).size]).toEqual([order, count]);
	const ages = Array.from(placesByLife(pins, 'oldest', lives), (place) => 20_000 - lives.born[pins[place]!]!);
	expect(ages).toEqual([...ages].sort((a, b) => b - a));
});
