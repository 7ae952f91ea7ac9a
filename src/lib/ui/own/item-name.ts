import type { OwnItemOf } from '$lib/model/own-words';

/** Longer words make no line. */
const LENGTH = 60;

/** What an item is called in a sentence: its name, or how its words begin. */
export function itemName(own: OwnItemOf): string {
	const name = own.of === 'notes' ? own.item.text : own.item.name;
	return name.length > LENGTH ? `${name.slice(0, LENGTH).trimEnd()}…` : name;
}
