import { expect, it } from 'vitest';
import { storedEstimate } from '../../../src/lib/view/import-room';

it('reckons with more room for what is packed than for text', () => {
	const size = 1_000_000;
	const text = storedEstimate([{ name: 'events.csv', size }]);
	const packed = storedEstimate([{ name: 'events.CSV.GZ', size }]);
	expect(text).toBe(200_000);
	expect(packed).toBe(1_500_000);
	expect(
		storedEstimate([
			{ name: 'a.zip', size },
			{ name: 'b.csv', size }
		])
	).toBe(text + packed);
	expect(storedEstimate([])).toBe(0);
});
