import { describe, expect, it } from 'vitest';
import {
	CODES_PER_ACCOUNT,
	accountOf,
	combinationCode,
	kindOf,
	valueCode,
	valueCount,
	valueName,
	valueOf
} from '../../../src/lib/columns/combination';
import { CLOSED_VALUES, NATIVE_DIMENSIONS, KIND_COUNT, MAX_OPEN_VALUES } from '../../../src/lib/model/event';

describe('combinationCode', () => {
	it('gives every combination a code of its own, which tells all of it', () => {
		const codes = new Set<number>();
		let combinations = 0;
		for (const account of [0, 1, 7, MAX_OPEN_VALUES]) {
			for (let kind = 0; kind < KIND_COUNT; kind++)
				for (let content = 0; content < CLOSED_VALUES.content_type.length; content++)
					for (let source = 0; source < CLOSED_VALUES.source.length; source++)
						for (let device = 0; device < CLOSED_VALUES.device.length; device++)
							for (let format = 0; format < CLOSED_VALUES.format.length; format++) {
								const code = combinationCode(kind, content, source, device, format, account);
								combinations++;
								codes.add(code);
								const read = [
									kindOf(code),
									...NATIVE_DIMENSIONS.map((dimension) => valueOf(code, dimension)),
									accountOf(code)
								];
								expect(read).toEqual([kind, content, source, device, account, format, account]);
							}
		}
		expect(codes.size).toBe(combinations);
	});

	it('is the sum of what each of its values adds', () => {
		const sum = [3, 1, 0, 2, 5, 7] as const;
		const parts = (['content_type', 'source', 'device', 'format', 'account'] as const).map((dimension, i) =>
			valueCode(dimension, sum[i + 1]!)
		);
		expect(parts.reduce((code, part) => code + part, sum[0])).toBe(combinationCode(...sum));
	});

	it('fits 32 bits for as many accounts as there may be', () => {
		expect((MAX_OPEN_VALUES + 1) * CODES_PER_ACCOUNT).toBeLessThan(2 ** 32);
	});
});

describe('valueName', () => {
	it('names closed values and accounts by their index', () => {
		const accounts = ['unknown', 'example.com'];
		expect(valueName('format', 1, accounts)).toBe('video');
		expect(valueName('account', 1, accounts)).toBe('example.com');
		expect(NATIVE_DIMENSIONS.map((dimension) => valueCount(dimension, accounts))).toEqual([2, 2, 4, 2, 6]);
	});
});
