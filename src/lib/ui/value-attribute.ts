import type { Attachment } from 'svelte/attachments';

/**
 * Writes the `value` attribute of a `<data>`. Svelte sets the property, and leaves it alone where it is `''` already, so
 * that a figure without a value would have no attribute at all.
 */
export function valueAttribute(value: string): Attachment<HTMLElement> {
	return (element) => element.setAttribute('value', value);
}
