import { ESTIMATE } from '../../columns/fact-columns';
import { currencyAsked, type Asked } from './asked';
import { COMPLETE, type FactRange } from './counted-columns';
import { isAsked } from './pins-asked';
import { asPaidAnyway } from './question';
import type { ResolvedFacts } from './resolved-facts';

/**
 * Goes over the subjects of figures about one period. Most subjects have one figure, and there can be very many of them:
 * these figures are read here and passed to `one`; the figures of the other subjects are passed to `more`.
 * @param profile the only business account that counts; null for any
 */
export function eachSubject(
	{ figures, about, identity }: ResolvedFacts,
	asked: Asked,
	profile: number | null,
	range: FactRange,
	one: (subject: number, value: number, isEstimate: boolean) => void,
	more: (subject: number, range: FactRange) => void
): void {
	const filters = identity.filtersNumber(asPaidAnyway(asked.question, asked.metric).key);
	const currency = currencyAsked(asked);
	for (let entry = range.start; entry < range.end;) {
		const place = figures.about[entry] as number;
		const subject = about.subject[place] as number;
		let end = entry + 1;
		while (end < range.end && about.subject[figures.about[end] as number] === subject) end++;
		if (!isAsked(asked.question.pins, subject)) {
			entry = end;
			continue;
		}
		const flags = figures.flags[entry] as number;
		if (end > entry + 1 || flags >= COMPLETE) more(subject, { start: entry, end });
		else if (
			about.filters[place] === filters &&
			(profile === null || about.profile[place] === profile) &&
			(currency === null || about.currency[place] === currency)
		) {
			one(subject, figures.values[entry] as number, (flags & ESTIMATE) !== 0);
		}
		entry = end;
	}
}
