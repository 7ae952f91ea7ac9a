/** Where the Data page says how to get files. */
export const GUIDE_ID = 'how-to-get-files';

/** What files come from, those that most people have first. */
export const FILE_SOURCES = ['analytics', 'insights', 'ads', 'api', 'request', 'events'] as const;
export type FileSource = (typeof FILE_SOURCES)[number];

/** Where it says so of one source. */
export function guideSectionId(source: FileSource): string {
	return `${GUIDE_ID}-${source}`;
}

/** Opens what is said of a source and goes there. */
export function openGuide(source: FileSource): void {
	const section = document.getElementById(guideSectionId(source));
	if (!(section instanceof HTMLDetailsElement)) return;
	section.open = true;
	section.scrollIntoView({ block: 'start' });
	section.querySelector('summary')?.focus({ preventScroll: true });
}

/** Where the Data page says which files would fill the gaps. */
export const GAPS_ID = 'gaps';
