import { cellText, xmlText } from './sheet-text';

/** So many texts are numbered, and so many characters of them: what follows stands in its cell. Bounds the memory. */
const MOST_TEXTS = 1 << 18;
const MOST_CHARACTERS = 1 << 24;

/** Texts that stand in many cells of a workbook, each written once. */
export class SharedTexts {
	readonly #numbers = new Map<string, number>();
	#characters = 0;
	/** In how many cells they stand. */
	#uses = 0;

	/** The number of a text; null where there is no room for another. */
	number(text: string): number | null {
		let number = this.#numbers.get(text);
		if (number === undefined) {
			if (this.#numbers.size >= MOST_TEXTS || this.#characters + text.length > MOST_CHARACTERS) return null;
			number = this.#numbers.size;
			this.#numbers.set(text, number);
			this.#characters += text.length;
		}
		this.#uses++;
		return number;
	}

	/** The part of the workbook that holds them, in pieces. */
	*xml(): Generator<string> {
		yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${this.#uses}" uniqueCount="${this.#numbers.size}">`;
		for (const text of this.#numbers.keys())
			yield `<si><t xml:space="preserve">${xmlText(cellText(text))}</t></si>`;
		yield '</sst>';
	}
}
