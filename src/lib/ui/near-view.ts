import type { Attachment } from 'svelte/attachments';

/** Elements count as near where they would be in view after a scroll by so much. */
const MARGIN = '300px 0px';

/** Says whether an element is in view or near it, as often as that changes. */
export function nearView(onchange: (isNear: boolean) => void): Attachment<Element> {
	return (element) => {
		const observer = new IntersectionObserver(
			(entries) => onchange(entries.at(-1)?.isIntersecting ?? false),
			{ rootMargin: MARGIN }
		);
		observer.observe(element);
		return () => observer.disconnect();
	};
}
