import type { Query, Top, TopPin } from '../../model/query';
import type { ResolvedFacts } from './resolved-facts';
import { pinRows, reportedRows, type AttributesOf } from './top';

/** The full list of Pins of a range without events, as pin-list.ts has it of events. */
export class ReportedList {
	readonly #rows: readonly TopPin[];

	constructor(query: Query, facts: ResolvedFacts, attributesOf: AttributesOf) {
		this.#rows = pinRows(reportedRows('pin', query, facts), attributesOf);
	}

	/** Rows first, first + 1, … of those whose title, id or link contains the words, in any case. */
	rows(words: string, first: number, count: number): Top<TopPin> {
		const wanted = words.trim().toLowerCase();
		const found = this.#rows.filter(({ title, pinId, link }) =>
			[title, pinId, link].join('\0').toLowerCase().includes(wanted)
		);
		return { rows: found.slice(first, first + count), total: found.length };
	}
}
