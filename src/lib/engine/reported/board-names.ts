import { SUBJECT_KINDS, type FactIdentity } from './fact-identity';

/**
 * Boards that reports name by their address (`someone/kitchen-shelves`) and events or directories by their name
 * ("Kitchen shelves") are one: the platform makes the address of the name. Where two names would make one address, or
 * two addresses end alike, only equal texts are one.
 */
export class BoardNames {
	readonly #nameOfId = new Map<string, string>();
	readonly #idOfName = new Map<string, string>();

	/** @param names of the boards that Pins are on; '' for none */
	constructor({ subjectIds, subjectKinds }: FactIdentity, names: readonly string[]) {
		const board = SUBJECT_KINDS.indexOf('board');
		const ids = subjectIds.filter((_, subject) => subjectKinds[subject] === board);
		const known = new Set(names);
		for (const id of ids) this.#pair(id, known.has(id) ? id : null);
		const nameOfSlug = onlyOnes(names, slugOf);
		const idOfSlug = onlyOnes(
			ids.filter((id) => !known.has(id)),
			(id) => slugOf(id.slice(id.lastIndexOf('/') + 1))
		);
		for (const [slug, id] of idOfSlug) this.#pair(id, nameOfSlug.get(slug) ?? null);
	}

	/** Makes an address and a name one; each belongs to one other at most. */
	#pair(id: string, name: string | null): void {
		if (name === null || this.#idOfName.has(name)) return;
		this.#nameOfId.set(id, name);
		this.#idOfName.set(name, id);
	}

	/** What a board that reports name is called. */
	nameOf(id: string): string {
		return this.#nameOfId.get(id) ?? id;
	}

	/** How reports name a board. */
	idOf(name: string): string {
		return this.#idOfName.get(name) ?? name;
	}
}

/** As the platform makes the end of a board's address of its name. */
function slugOf(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '');
}

/** Texts by what is made of them, where only one makes that. */
function onlyOnes(texts: readonly string[], make: (text: string) => string): Map<string, string> {
	const all = new Map<string, string | null>();
	for (const text of texts) {
		const made = make(text);
		all.set(made, all.has(made) ? null : text);
	}
	all.delete('');
	return new Map([...all].filter((entry): entry is [string, string] => entry[1] !== null));
}
