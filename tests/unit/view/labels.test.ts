import { describe, expect, it } from 'vitest';
import { labelFault } from '../../../src/lib/view/labels';

/** What a label may be called. */

describe('a label’s name', () => {
	it.each([
		['Sale', ['Season'], null],
		['sale', ['Sale'], null], // names differ by case
		['', [], 'missing'],
		['none', [], 'none'],
		['None', [], 'none'],
		['Sale', ['Season', 'Sale'], 'taken'],
		['none of these', [], null]
	] as const)('“%s” beside %j has the fault %s', (name, others, fault) => {
		expect(labelFault(name, others)).toBe(fault);
	});
});
