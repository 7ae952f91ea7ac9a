import { describe, expect, it } from 'vitest';
import type { SavedView } from '../../../../src/lib/model/own-words';
import { DEFAULT_VIEW, defaultView } from '../../../../src/lib/view/address';
import { isViewOpen, searchOfView, searchToSave } from '../../../../src/lib/ui/own/view-search';

/** Addresses of saved views. */

const SAVED = { route: '/video', search: '?range=7d&device=mobile' } as SavedView;

describe('a saved view', () => {
	it('is saved without its workspace, and opens in the one that it is looked at in', () => {
		const view = { ...defaultView('video'), range: '7d', ws: 'Shop' } as const;
		expect(searchToSave(view)).toBe('?range=7d');
		expect(searchOfView(SAVED, 'Shop')).toBe('?range=7d&device=mobile&ws=Shop');
		expect(searchOfView(SAVED, '')).toBe('?range=7d&device=mobile');
	});

	it('is open where page and view are its own, in whatever workspace', () => {
		const view = {
			...defaultView('video'),
			range: '7d',
			values: { ...DEFAULT_VIEW.values, device: ['mobile'] }
		} as const;
		expect(isViewOpen(SAVED, '/video', { ...view, ws: 'Shop' })).toBe(true);
		expect(isViewOpen(SAVED, '/', view)).toBe(false);
		expect(isViewOpen(SAVED, '/video', { ...view, range: '14d' })).toBe(false);
		expect(isViewOpen(SAVED, null, view)).toBe(false);
	});
});
