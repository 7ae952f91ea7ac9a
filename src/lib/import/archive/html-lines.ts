/** Cuts the HTML of an archive's page into its lines, piece by piece. */

/** What stands between two line breaks, with its tags. */
export interface HtmlLine {
	readonly html: string;
	/** Whether it is a heading. */
	readonly isHeading: boolean;
	/** The physical line that its text starts on, from 1. */
	readonly line: number;
}

/** A break, or a heading with its text. All repeats are bounded, so that no text makes this slow. */
const BREAK = /<br\s{0,9}\/?>|<h[1-6]\b[^>]{0,200}>([^<]{0,200})<\/h[1-6]>/gi;

/** Nothing that is read is longer: what follows in such a line is passed over. */
const MAX_LINE = 1 << 16;

/** A break that is cut in two between pieces is shorter. */
const MAX_BREAK = 512;

export class HtmlLines {
	/** Of the unfinished line: its text, cut to MAX_LINE, and what came after, as far as a break may have begun in it. */
	#kept = '';
	#line = 1;

	/** Calls `onLine` for each line that ends in this piece of text. */
	push(piece: string, onLine: (line: HtmlLine) => void): void {
		const text = this.#kept + piece;
		let start = 0;
		for (const match of text.matchAll(BREAK)) {
			this.#end(text.slice(start, match.index), false, onLine);
			if (match[1] === undefined) this.#count(match[0]);
			else this.#end(match[0], true, onLine, match[1]);
			start = match.index + match[0].length;
		}
		const rest = text.slice(start);
		if (rest.length <= MAX_LINE + MAX_BREAK) {
			this.#kept = rest;
			return;
		}
		const dropped = rest.slice(MAX_LINE, -MAX_BREAK);
		this.#kept = rest.slice(0, MAX_LINE) + rest.slice(-MAX_BREAK);
		this.#count(dropped);
	}

	/** The last line, which no break ends. */
	finish(onLine: (line: HtmlLine) => void): void {
		this.#end(this.#kept, false, onLine);
		this.#kept = '';
	}

	#end(text: string, isHeading: boolean, onLine: (line: HtmlLine) => void, html = text.trim()): void {
		const above = text.length - text.trimStart().length;
		onLine({ html, isHeading, line: this.#line + newlinesIn(text.slice(0, above)) });
		this.#count(text);
	}

	#count(text: string): void {
		this.#line += newlinesIn(text);
	}
}

function newlinesIn(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
	return count;
}
