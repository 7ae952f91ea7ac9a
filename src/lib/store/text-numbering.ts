import { Dictionary } from '../columns/dictionary';
import { textCount } from '../columns/text-block';
import { ownVocabularies, readTexts } from './batches';
import type { StoredTexts, Vocabulary, WorkspaceDatabase } from './database';

const VOCABULARIES = ['pin', 'user', 'account'] as const satisfies readonly Vocabulary[];

/** Whether a vocabulary may only have so many texts (MAX_OPEN_VALUES): none of them may be of rows that are thrown away. */
export const isOpenList = (vocabulary: Vocabulary) => vocabulary !== 'pin' && vocabulary !== 'user';

/** Texts that are to be stored with a batch. */
export type NewTexts = Omit<StoredTexts, 'batchId'>;

/** The numbers of all texts of a workspace, by vocabulary. New texts get the next numbers, and are stored with a batch. */
export class TextNumbering {
	readonly #dictionaries = new Map<Vocabulary, { readonly dictionary: Dictionary; stored: number }>();

	/** Reads the texts that are stored. */
	static async read(db: WorkspaceDatabase): Promise<TextNumbering> {
		const texts = new TextNumbering();
		for (const vocabulary of [...VOCABULARIES, ...(await ownVocabularies(db))]) {
			const dictionary = new Dictionary();
			for (const { block } of await readTexts(db, vocabulary)) dictionary.internBlock(block);
			texts.#dictionaries.set(vocabulary, { dictionary, stored: dictionary.size });
		}
		return texts;
	}

	/** The numbers of a vocabulary's texts. */
	dictionary(vocabulary: Vocabulary): Dictionary {
		let known = this.#dictionaries.get(vocabulary);
		if (!known) this.#dictionaries.set(vocabulary, (known = { dictionary: new Dictionary(), stored: 0 }));
		return known.dictionary;
	}

	/** The texts of a vocabulary, by their numbers. */
	names(vocabulary: Vocabulary): readonly string[] {
		const dictionary = this.dictionary(vocabulary);
		return Array.from({ length: dictionary.size }, (_, i) => dictionary.text(i));
	}

	/** How many values each open list has: accounts, then columns of one's own. */
	openLists(): ReadonlyMap<Vocabulary, number> {
		const lists = [...this.#dictionaries].filter(([vocabulary]) => isOpenList(vocabulary));
		return new Map(lists.map(([vocabulary, { dictionary }]) => [vocabulary, dictionary.size]));
	}

	/** Forgets of open lists all but the first values: only rows that are thrown away have the others. */
	keepOnly(sizes: ReadonlyMap<Vocabulary, number>): void {
		for (const [vocabulary, { dictionary: known, stored }] of this.#dictionaries) {
			if (!isOpenList(vocabulary)) continue;
			const dictionary = new Dictionary();
			for (let i = 0; i < (sizes.get(vocabulary) ?? 0); i++) dictionary.internText(known.text(i));
			this.#dictionaries.set(vocabulary, { dictionary, stored });
		}
	}

	/** The texts that have a number and are not stored. Those that a cancelled file brought are among them: numbers must not have gaps. */
	unstored(): NewTexts[] {
		return [...this.#dictionaries].flatMap(([vocabulary, { dictionary, stored }]) => {
			if (dictionary.size === stored) return [];
			const block = dictionary.blockFrom(stored);
			return [{ vocabulary, first: stored, count: textCount(block), block }];
		});
	}

	/** All texts are stored. */
	noteStored(): void {
		for (const vocabulary of this.#dictionaries.values()) vocabulary.stored = vocabulary.dictionary.size;
	}

	/** The texts that came since the last call, to be stored with the batch that brought them. */
	takeNew(): NewTexts[] {
		const texts = this.unstored();
		this.noteStored();
		return texts;
	}
}

/** How many bytes texts take. */
export function bytesOfTexts(texts: readonly NewTexts[]): number {
	return texts.reduce((sum, { block }) => sum + block.bytes.length + block.offsets.byteLength, 0);
}
