import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RowWindow } from '../../../../src/lib/ui/state/row-window.svelte';

/** Which rows of a long list are drawn. The element that scrolls is given by hand: there is no layout without a browser. */

const ROW = 40;
const VISIBLE = 10;

class ScrollBox extends EventTarget {
	readonly offsetWidth = 300;
	readonly offsetHeight = VISIBLE * ROW;
	readonly clientHeight = VISIBLE * ROW;
	readonly scrollHeight = 1_000 * ROW;
	readonly ownerDocument = { defaultView: globalThis };
	scrollTop = 0;

	scrollTo({ top }: { readonly top: number }): void {
		this.scrollTop = top;
		this.dispatchEvent(new Event('scroll'));
	}
}

let box: ScrollBox;
let rows: RowWindow;
let leave: () => void;

beforeEach(() => {
	vi.stubGlobal(
		'ResizeObserver',
		class {
			observe() {}
			unobserve() {}
			disconnect() {}
		}
	);
	box = new ScrollBox();
	rows = new RowWindow(ROW);
	leave = rows.attach(box as unknown as HTMLElement);
});
afterEach(() => {
	leave();
	vi.unstubAllGlobals();
});

/** The height of all that is drawn or stands in for rows. */
const height = () => rows.before + rows.indices.length * ROW + rows.after;

describe('a long list', () => {
	it('draws the rows in sight and some below, and leaves room for all others', () => {
		rows.resize(1_000);
		expect(rows.first).toBe(0);
		expect(rows.last).toBeGreaterThanOrEqual(VISIBLE - 1);
		expect(rows.last).toBeLessThan(3 * VISIBLE);
		expect(rows.indices).toEqual(Array.from({ length: rows.last + 1 }, (_, place) => place));
		expect([rows.before, height()]).toEqual([0, 1_000 * ROW]);
	});

	it('follows a scroll to its middle, to its end and back', () => {
		rows.resize(1_000);
		box.scrollTo({ top: 500 * ROW });
		expect(rows.first).toBeGreaterThan(480);
		expect(rows.first).toBeLessThanOrEqual(500);
		expect(rows.last).toBeGreaterThanOrEqual(509);
		expect(height()).toBe(1_000 * ROW);
		box.scrollTo({ top: (1_000 - VISIBLE) * ROW });
		expect([rows.last, rows.after]).toEqual([999, 0]);
		rows.toTop();
		expect([box.scrollTop, rows.first, rows.before]).toEqual([0, 0, 0]);
	});

	it('draws nothing of a list without rows, and all of one that fits', () => {
		rows.resize(0);
		expect([rows.indices, rows.before, rows.after]).toEqual([[], 0, 0]);
		rows.resize(3);
		expect([rows.indices, rows.before, rows.after]).toEqual([[0, 1, 2], 0, 0]);
	});
});
