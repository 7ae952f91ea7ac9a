/**
 * Names of the platform within sentences of ours. They stay English in every language, so a sentence takes them marked,
 * and Named.svelte shows them as English.
 */

// Two characters that no text has: they are for private use.
const START = '\uE000';
const END = '\uE001';

/** A platform's name, to be put into a sentence. */
export function named(name: string): string {
	return `${START}${name}${END}`;
}

export interface TextPart {
	readonly text: string;
	readonly isName: boolean;
}

/** A sentence, parted at the platform's names. */
export function partsOf(sentence: string): readonly TextPart[] {
	return sentence
		.split(new RegExp(`(${START}[^${END}]*${END})`))
		.filter((part) => part !== '')
		.map((part) =>
			part.startsWith(START) ? { text: part.slice(1, -1), isName: true } : { text: part, isName: false }
		);
}
