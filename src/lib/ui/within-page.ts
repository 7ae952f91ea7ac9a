/**
 * The query of a link that was clicked, where it leads to another view of the page on screen; null for every other
 * click: other pages and sites, new tabs, downloads.
 */
export function linkWithinPage(event: MouseEvent): string | null {
	if (event.defaultPrevented || event.button !== 0) return null;
	if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
	const link = event.target instanceof Element ? event.target.closest('a') : null;
	if (!link || link.hasAttribute('download') || (link.target !== '' && link.target !== '_self')) return null;
	const url = new URL(link.href, document.baseURI);
	if (url.origin !== location.origin || url.pathname !== location.pathname || url.hash !== '') return null;
	return url.search;
}
