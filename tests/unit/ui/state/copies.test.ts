import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_VIEW } from '../../../../src/lib/view/address';
import { Copies } from '../../../../src/lib/ui/state/copies.svelte';
import { ZoneOffer } from '../../../../src/lib/ui/state/zone-offer.svelte';

/** What the page remembers in the browser's settings, which can be forbidden. */

let stored: Map<string, string>;
let isForbidden: boolean;

beforeEach(() => {
	[stored, isForbidden] = [new Map(), false];
	const allowed = <Result>(work: () => Result) => {
		if (isForbidden) throw new DOMException('denied', 'SecurityError');
		return work();
	};
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => allowed(() => stored.get(key) ?? null),
		setItem: (key: string, value: string) => void allowed(() => stored.set(key, value))
	});
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
});

describe('when a workspace was copied', () => {
	it('is kept for each workspace, and a reminder that was put off beside it', () => {
		const copies = new Copies();
		expect(copies.of('main')).toEqual({ copiedAt: 0, dismissedAt: 0 });
		copies.note('main', { copiedAt: 5 });
		copies.note('main', { dismissedAt: 7 });
		copies.note('Shop', { copiedAt: 9 });
		expect(new Copies().of('main')).toEqual({ copiedAt: 5, dismissedAt: 7 });
		expect(copies.of('Shop')).toEqual({ copiedAt: 9, dismissedAt: 0 });
	});

	it('is never where the browser keeps nothing, or has kept something else', () => {
		stored.set('tackboard:copied:main', 'not JSON');
		expect(new Copies().of('main')).toEqual({ copiedAt: 0, dismissedAt: 0 });
		isForbidden = true;
		const copies = new Copies();
		copies.note('main', { copiedAt: 5 });
		expect(copies.of('main')).toEqual({ copiedAt: 0, dismissedAt: 0 });
	});
});

describe('the question about the time zone', () => {
	const coverage = { firstMs: 0, lastMs: 0, events: 1, metrics: [] };
	const page = { phase: 'open', view: DEFAULT_VIEW, coverage } as const;

	function inZone(timeZone: string): ZoneOffer {
		const options = { ...new Intl.DateTimeFormat().resolvedOptions(), timeZone };
		vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue(options);
		const offer = new ZoneOffer();
		offer.look();
		return offer;
	}

	it('is asked where the browser has another zone, until it is answered', () => {
		const offer = inZone('Europe/Stockholm');
		expect([offer.zone, offer.isAskedOn(page)]).toEqual(['Europe/Stockholm', true]);
		offer.settle();
		expect(offer.isAskedOn(page)).toBe(false);
		expect(inZone('Europe/Stockholm').zone).toBeNull();
	});

	it('is not asked where days are those of the browser’s zone already', () => {
		expect(inZone('UTC').zone).toBeNull();
	});

	it.each([
		['while the page opens', { phase: 'opening' as const }],
		['where a zone is chosen', { view: { ...DEFAULT_VIEW, tz: 'Asia/Tokyo' } }],
		['of reports, whose days are in no zone', { coverage: { ...coverage, events: 0 } }],
		['of nothing', { coverage: null }]
	])('is not asked %s', (_, some) => {
		expect(inZone('Europe/Stockholm').isAskedOn({ ...page, ...some })).toBe(false);
	});

	it('is asked again at the next visit where the browser keeps nothing', () => {
		isForbidden = true;
		inZone('Europe/Stockholm').settle();
		expect(inZone('Europe/Stockholm').zone).toBe('Europe/Stockholm');
	});
});
