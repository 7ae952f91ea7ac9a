import { GAPS_ID } from '../guide/guide-id';

/**
 * What reports leave out is said where the figures stand, in sentences whose heights only the answer tells. So that nothing
 * moves when they come, each view keeps its heights for the next visit to the same address in a window as wide: app.html sets
 * them on the page before anything is painted. Fetched once the first view is there.
 */

/** As in app.html. Its lines are the width and address, then a height each: its name, a colon and its value. */
const KEY = 'tackboard:heights';

/**
 * Properties on the page's root while the first answer is awaited, and the elements that they are heights of: one that is not
 * there gives none.
 */
const HEIGHTS: readonly { readonly name: string; readonly of: string; heightOf(element: Element): string }[] =
	[
		{ name: '--tile-rows', of: 'section:has(> [data-days-known])', heightOf: rowsOf },
		{
			name: '--missing-line',
			of: `p:has(> a[href$='#${GAPS_ID}'])`,
			heightOf: (line) => `${line.getBoundingClientRect().height}px`
		}
	];

/** The heights of a grid's rows, each as the least. */
function rowsOf(grid: Element): string {
	const rows = getComputedStyle(grid).gridTemplateRows.split(' ');
	return rows.map((height) => `minmax(${height}, auto)`).join(' ');
}

/** Keeps the heights of the view on screen. Those that were set for this visit are of no more use. */
export function rememberHeights(): void {
	const kept = HEIGHTS.flatMap(({ name, of, heightOf }) => {
		document.documentElement.style.removeProperty(name);
		const element = document.querySelector(of);
		return element ? [`${name}:${heightOf(element)}`] : [];
	});
	try {
		const view = `${innerWidth} ${location.pathname}${location.search}`;
		if (kept.length > 0) localStorage.setItem(KEY, [view, ...kept].join('\n'));
		else if (localStorage.getItem(KEY)?.startsWith(`${view}\n`)) localStorage.removeItem(KEY);
	} catch {
		// Storage can be forbidden: then heights are as without reports.
	}
}
