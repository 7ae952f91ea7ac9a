import { describe, expect, it } from 'vitest';
import { axisOf, instantsOf } from '../../../src/lib/model/axis';
import { GRAINS } from '../../../src/lib/model/query';

describe('instantsOf', () => {
	it.each([
		['UTC', '2024-03-30', '2024-04-01'],
		['Europe/Stockholm', '2024-03-31', '2024-03-31'],
		['Australia/Lord_Howe', '2024-04-07', '2024-10-06'],
		['Asia/Kolkata', '2023-12-31', '2024-01-01'],
		['UTC', '0001-01-01', '9999-12-31']
	])('are from the first to the last instant of the axis: %s, %s to %s', (tz, from, to) => {
		for (const grain of GRAINS) {
			const { bucketStarts } = axisOf({ tz, from, to }, grain);
			expect(instantsOf({ tz, from, to })).toEqual({
				fromMs: bucketStarts[0],
				toMs: bucketStarts[bucketStarts.length - 1]
			});
		}
	});
});
