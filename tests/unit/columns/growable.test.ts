import { describe, expect, it } from 'vitest';
import { growableUint32, narrow } from '../../../src/lib/columns/growable';

describe('Growable', () => {
	it('keeps its values while it grows, and gives a copy of just them', () => {
		const values = growableUint32(2);
		for (let i = 0; i < 1_000; i++) values.push(i * 3);
		const copy = values.finish();
		values.array[0] = 99;
		expect([...copy]).toEqual(Array.from({ length: 1_000 }, (_, i) => i * 3));
	});

	it('holds 0 where room was made', () => {
		const values = growableUint32(1);
		values.reserve(10);
		expect(values.array[9]).toBe(0);
		expect(values.length).toBe(0);
	});
});

describe('narrow', () => {
	it.each([
		[0xff, 'Uint8Array'],
		[0x100, 'Uint16Array'],
		[0xffff, 'Uint16Array'],
		[0x1_0000, 'Uint32Array'],
		[0xffff_ffff, 'Uint32Array'],
		[0x1_0000_0000, 'Float64Array'],
		[Number.MAX_SAFE_INTEGER, 'Float64Array']
	])('holds %i in a %s', (max, type) => {
		const array = narrow([0, max], max);
		expect(array.constructor.name).toBe(type);
		expect([...array]).toEqual([0, max]);
	});
});
