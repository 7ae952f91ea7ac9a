import { SUBJECT_KINDS, type FactIdentity } from './fact-identity';

/**
 * Boards that reports name by their address (`someone/kitchen-shelves`) and events or directories by their name
 * ("Kitchen shelves") are one: the platform makes the address of the name. Where two names would make one address, only
 * equal texts are one.
 */
export class BoardNames {
	readonly #nameOfId = new Map<string, string>();
	readonly #idOfName = new Map<string, string>();

	/** @param names of the boards that Pins are on; '' for none */
	constructor({ subjectIds, subjectKinds }: FactIdentity, names: readonly string[]) {
		const known = new Set(names);
		const bySlug = new Map<string, string | null>();
		for (const name of names) {
			const slug = slugOf(name);
			if (slug !== '') bySlug.set(slug, bySlug.has(slug) ? null : name);
		}
		const board = SUBJECT_KINDS.indexOf('board');
		subjectIds.forEach((id, subject) => {
			if (subjectKinds[subject] !== board) return;
			const name = known.has(id) ? id : (bySlug.get(slugOf(id.slice(id.lastIndexOf('/') + 1))) ?? id);
			this.#nameOfId.set(id, name);
			if (!this.#idOfName.has(name)) this.#idOfName.set(name, id);
		});
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
