import type { Attachment } from 'svelte/attachments';

/**
 * Writes the `value` attribute of a `<data>` without a value. Svelte sets the property, and leaves it alone where it is `''`
 * already, so that there would be no attribute at all. Any other value needs nothing, which is what costs least.
 */
export function valueAttribute(value: string): Attachment<HTMLElement> | undefined {
	return value === '' ? writeEmpty : undefined;
}

const writeEmpty: Attachment<HTMLElement> = (element) => element.setAttribute('value', '');
