import { ESTIMATE } from '../../columns/fact-columns';
import { isAdditive, type FactMetric } from '../../model/fact-metric';
import { ADS_LEVELS } from '../../model/reported';
import type { Asked } from './asked';
import { COMPLETE } from './counted-columns';
import { ACCOUNT } from './fact-identity';
import type { FigureGroup } from './figure-group';
import { addUp, answeredInParts, asPaidAnyway, isRowOf, type Question, type Reported } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** What the figures of a group answer: those of the subject itself, or else the sum over one level of its ads. */
export function answerOfGroup(
	facts: ResolvedFacts,
	{ metric, question }: Asked,
	{ own, ads, dimensions }: FigureGroup
): Reported | null {
	const asked = asPaidAnyway(question, metric);
	const direct = (one: Question): Reported | null => {
		const itself = directAnswer(facts, metric, own, one);
		if (itself || ads.size === 0) return itself;
		// Levels of ads are never mixed: the widest that is known stands for all.
		for (let level = 1; level <= ADS_LEVELS.length; level++) {
			const sum = answerOfLevel(facts, metric, ads, level, one);
			if (sum) return sum;
		}
		return null;
	};
	if (!isAdditive(metric)) return direct(asked);
	return answeredInParts(asked, direct, (dimension) => (dimensions & (1 << dimension)) !== 0);
}

/** What the figures of one campaign, ad group or ad answer: as it is reported, else the sum over its Pins. */
export function answerOfAds(
	facts: ResolvedFacts,
	metric: FactMetric,
	subjects: ReadonlyMap<number, readonly number[]>,
	question: Question
): Reported | null {
	const itself = subjects.get(ACCOUNT);
	const known = itself && answerOfEntries(facts, metric, itself, question);
	if (known) return known;
	const ofPins: Reported[] = [];
	for (const [subject, entries] of subjects) {
		const found = subject === ACCOUNT ? null : answerOfEntries(facts, metric, entries, question);
		if (found) ofPins.push(found);
	}
	return ofPins.length > 1 && !isAdditive(metric) ? null : addUp(ofPins);
}

function answerOfLevel(
	facts: ResolvedFacts,
	metric: FactMetric,
	ads: FigureGroup['ads'],
	level: number,
	question: Question
): Reported | null {
	const known: Reported[] = [];
	for (const [path, subjects] of ads) {
		if (facts.identity.adsLevels[path] !== level) continue;
		const found = answerOfAds(facts, metric, subjects, question);
		if (found) known.push(found);
	}
	return known.length > 1 && !isAdditive(metric) ? null : addUp(known);
}

function answerOfEntries(
	facts: ResolvedFacts,
	metric: FactMetric,
	entries: readonly number[],
	question: Question
): Reported | null {
	const direct = (one: Question) => directAnswer(facts, metric, entries, one);
	if (!isAdditive(metric) || entries.length === 1) return direct(question);
	const dimensions = entries.reduce(
		(bits, entry) => bits | facts.identity.dimensionsOf[facts.termsAt(facts.figures, entry).filters]!,
		0
	);
	return answeredInParts(question, direct, (dimension) => (dimensions & (1 << dimension)) !== 0);
}

/** The figure with equal filters, or the rows of a list that holds all there is to the question. */
function directAnswer(
	facts: ResolvedFacts,
	metric: FactMetric,
	entries: readonly number[],
	question: Question
): Reported | null {
	const { figures, identity } = facts;
	const reported = (entry: number): Reported => ({
		value: figures.values[entry] as number,
		isEstimate: (figures.flags[entry]! & ESTIMATE) !== 0
	});
	const number = identity.filtersNumber(question.key);
	const equal = entries.find((entry) => facts.termsAt(figures, entry).filters === number);
	if (equal !== undefined) return reported(equal);
	const rows = entries.filter((entry) => {
		const flags = figures.flags[entry] as number;
		if (flags < COMPLETE) return false;
		const filters = identity.filters[facts.termsAt(figures, entry).filters]!;
		return isRowOf(filters, (dimension) => (flags & (COMPLETE << dimension)) !== 0, question);
	});
	const list = ofOneList(rows, figures.flags);
	return list.length > 1 && !isAdditive(metric) ? null : addUp(list.map(reported));
}

/** Rows of lists that are broken down alike: each such list is all there is, so that two would count everything twice. */
function ofOneList(rows: readonly number[], flags: Uint8Array): readonly number[] {
	const breakdown = (entry: number) => flags[entry]! & -COMPLETE;
	const [first] = rows;
	return first === undefined ? rows : rows.filter((entry) => breakdown(entry) === breakdown(first));
}
