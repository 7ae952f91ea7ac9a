import { describe, expect, it } from 'vitest';
import { boardIdIn, pinIdIn } from '../../../../src/lib/import/reported/cells';

describe('an address', () => {
	it('gives the id of its Pin or board', () => {
		expect(pinIdIn('https://www.pinterest.se/pin/1091700765950012345/')).toBe('1091700765950012345');
		expect(pinIdIn('https://pinterest.com/pin/oak-shelf--1091700765950012345')).toBe('1091700765950012345');
		expect(pinIdIn('1091700765950012345')).toBe('1091700765950012345');
		expect(pinIdIn('1.0917E+18')).toBeNull();
		expect(boardIdIn('https://www.pinterest.com/example/k%C3%B6k/')).toBe('example/kök');
		expect(boardIdIn('https://www.pinterest.com/pin/1091700765950012345/')).toBeNull();
	});
});
