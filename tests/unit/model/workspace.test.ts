import { describe, expect, it } from 'vitest';
import { addressName, workspaceOf } from '../../../src/lib/model/workspace';

const first = { key: 'main', name: '' };
const shop = { key: 'Shop', name: 'Shop' };
const renamed = { key: 'Old', name: 'New' };
const all = [first, shop, renamed];

describe('the workspace that an address names', () => {
	it.each([
		['', first],
		['Shop', shop],
		['New', renamed],
		['Old', renamed],
		['main', first],
		['shop', null],
		['Elsewhere', null]
	])('%j', (name, workspace) => {
		expect(workspaceOf(name, all)).toBe(workspace);
	});

	it('is the one of that name before one that had it', () => {
		const again = { key: 'Old 2', name: 'Old' };
		expect(workspaceOf('Old', [...all, again])).toBe(again);
	});

	it('is none while the list is not known', () => {
		expect(workspaceOf('', [])).toBeNull();
	});
});

describe('what an address calls a workspace', () => {
	it.each(all)('leads back to $key', (workspace) => {
		expect(workspaceOf(addressName(workspace, all), all)).toBe(workspace);
	});

	it('is nothing for the first one, whatever its name', () => {
		expect(addressName({ key: 'main', name: 'Named' }, [{ key: 'main', name: 'Named' }])).toBe('');
	});
});
