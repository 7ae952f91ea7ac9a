import { ProblemError } from '../../model/problem';

/** A value of a JSON text, small enough to be parsed on its own. */
export interface JsonPiece {
	/** The keys of the objects that it stands in, from the outside. */
	readonly keys: readonly string[];
	readonly text: string;
}

/** No single piece may be longer. */
const MAX_PIECE = 64 << 20;

/**
 * Cuts a JSON text into pieces, so that long lists are never held whole: the objects of a list at the top, or of a list
 * under a key of an object at the top; every other text as one piece; of several texts one after the other (an object a
 * line) each.
 * @param isCut whether the list under a key of an object at the top is cut; what stands beside it is then passed over
 * @throws ProblemError damaged_json where it ends in the middle, row_too_long for a piece too large to be held
 */
export async function* splitJson(
	signal: AbortSignal,
	slices: AsyncIterable<Uint8Array>,
	isCut: (key: string) => boolean
): AsyncGenerator<JsonPiece> {
	const decoder = new TextDecoder('utf-8');
	const splitter = new Splitter(isCut);
	for await (const slice of slices) {
		signal.throwIfAborted();
		yield* splitter.add(decoder.decode(slice, { stream: true }));
	}
	splitter.end();
}

class Splitter {
	/** What was not given yet. */
	#text = '';
	#at = 0;
	#depth = 0;
	#isText = false;
	/** Where the current piece begins in #text; -1 between pieces. */
	#start = -1;
	/** Kind of the value at the top, and whether its lists are cut. */
	#top: 'list' | 'object' | null = null;
	/** Of an object at the top: where it begins, the current key, and whether lists of it were cut out already. */
	#keyStart = -1;
	#key = '';
	#inList = false;
	/** Where the object at the top begins, or what was not yet passed over of it. */
	#objectFrom = 0;
	#hasCut = false;
	readonly #isCut: (key: string) => boolean;

	constructor(isCut: (key: string) => boolean) {
		this.#isCut = isCut;
	}

	*add(text: string): Generator<JsonPiece> {
		this.#text += text;
		for (; this.#at < this.#text.length; this.#at++) {
			const sign = this.#text[this.#at] as string;
			if (this.#isText) {
				if (sign === '\\') {
					// The sign behind it may come with the next slice.
					if (this.#at + 1 >= this.#text.length) break;
					this.#at++;
				} else if (sign === '"') {
					this.#isText = false;
					if (this.#top === 'object' && this.#depth === 1 && this.#keyStart >= 0) {
						this.#key = this.#text.slice(this.#keyStart + 1, this.#at);
						this.#keyStart = -1;
					}
				}
				continue;
			}
			if (sign === '"') {
				this.#isText = true;
				if (this.#top === 'object' && this.#depth === 1) this.#keyStart = this.#at;
			} else if (sign === '{' || sign === '[') this.#open(sign);
			else if (sign === '}' || sign === ']') yield* this.#close(sign);
		}
		this.#forget();
	}

	/** @throws ProblemError damaged_json where the text ends in the middle */
	end(): void {
		if (this.#depth > 0 || this.#isText) throw new ProblemError({ code: 'damaged_json' });
	}

	#open(sign: string): void {
		if (this.#depth === 0) {
			this.#top = sign === '[' ? 'list' : 'object';
			this.#objectFrom = this.#at;
			this.#hasCut = false;
			this.#inList = false;
		} else if (this.#depth === 1 && this.#top === 'object' && sign === '[')
			this.#inList = this.#isCut(this.#key);
		else if (this.#isPieceLevel() && sign === '{') {
			this.#start = this.#at;
			this.#hasCut = true;
		}
		this.#depth++;
	}

	*#close(sign: string): Generator<JsonPiece> {
		this.#depth--;
		if (this.#depth < 0) throw new ProblemError({ code: 'damaged_json' });
		if (this.#start >= 0 && this.#isPieceLevel()) {
			const text = this.#text.slice(this.#start, this.#at + 1);
			this.#start = -1;
			this.#objectFrom = this.#at + 1;
			yield { keys: this.#top === 'object' ? [this.#key] : [], text };
		} else if (this.#depth === 1 && sign === ']') this.#inList = false;
		else if (this.#depth === 0) {
			const isWhole = this.#top === 'object' && !this.#hasCut;
			this.#top = null;
			if (isWhole) yield { keys: [], text: this.#text.slice(this.#objectFrom, this.#at + 1) };
		}
	}

	/** Whether objects that open here are pieces. */
	#isPieceLevel(): boolean {
		return (this.#top === 'list' && this.#depth === 1) || (this.#inList && this.#depth === 2);
	}

	/** Lets go of what was given already. */
	#forget(): void {
		const keepFrom = this.#start >= 0 ? this.#start : this.#top === 'object' ? this.#objectFrom : this.#at;
		const from = this.#keyStart >= 0 ? Math.min(keepFrom, this.#keyStart) : keepFrom;
		this.#text = this.#text.slice(from);
		this.#at -= from;
		if (this.#start >= 0) this.#start -= from;
		if (this.#keyStart >= 0) this.#keyStart -= from;
		this.#objectFrom = Math.max(0, this.#objectFrom - from);
		if (this.#text.length > MAX_PIECE) throw new ProblemError({ code: 'row_too_long', line: 1 });
	}
}
