import { LABEL, dimensionsIn, isNative, type Dimension } from '../../model/dimension';
import { CLOSED_VALUES, NATIVE_DIMENSIONS, type NativeDimension } from '../../model/event';
import type { FactMetric } from '../../model/fact-metric';
import type { Filter } from '../../model/query';
import { filtersKey, valuesIn, type ReportedFilters } from '../../model/reported';
import { NO_PINS, type PinsAsked } from './pins-asked';
import { isPaidMetric, withoutPaid } from './scope-reading';

/** The filters of a query, as reported figures are compared with them. */
export interface Question {
	readonly filters: ReportedFilters;
	readonly key: string;
	/** The only Pins whose figures answer; null where it is about no label. */
	readonly pins: PinsAsked | null;
	/** The same question narrowed, each made once. */
	readonly narrowed: Map<string, Question>;
}

/**
 * The question of some filters; a filter that includes all values of its dimension is left out of it.
 * @param pins those of its labels
 */
export function questionOf(
	values: Filter['values'] | ReportedFilters,
	pins: PinsAsked | null = null
): Question {
	const filters: Partial<Record<Dimension, readonly string[]>> = {};
	const { [LABEL]: labels = [], ...others } = values;
	for (const dimension of dimensionsIn(others)) {
		const wanted = valuesIn(others, dimension);
		if (wanted.length > 0) filters[dimension] = wanted;
	}
	return {
		filters,
		key: filtersKey(filters),
		pins: labels.length > 0 ? (pins ?? NO_PINS) : pins,
		narrowed: new Map()
	};
}

/** The same question of one value of a dimension. */
export function narrowedTo(question: Question, dimension: Dimension, value: string): Question {
	return made(question, `${dimension} ${value}`, (filters) => ({ ...filters, [dimension]: [value] }));
}

/** The same question without the filter of a dimension. */
export function widenedBy(question: Question, dimension: NativeDimension): Question {
	return made(question, dimension, (filters) => ({ ...filters, [dimension]: [] }));
}

/** The question as figures of a metric are compared with it: for metrics that are paid anyway, All means Paid. */
export function asPaidAnyway(question: Question, metric: FactMetric): Question {
	return isPaidMetric(metric) ? made(question, 'paid anyway', withoutPaid) : question;
}

/** The same question of paid content; null where only other content is asked for. */
export function ofPaid(question: Question): Question | null {
	const wanted = question.filters.content_type;
	return wanted && !wanted.includes('paid') ? null : narrowedTo(question, 'content_type', 'paid');
}

function made(
	question: Question,
	name: string,
	change: (filters: ReportedFilters) => ReportedFilters
): Question {
	let narrowed = question.narrowed.get(name);
	if (!narrowed)
		question.narrowed.set(name, (narrowed = questionOf(change(question.filters), question.pins)));
	return narrowed;
}

/** What reported figures answer. */
export interface Reported {
	readonly value: number;
	readonly isEstimate: boolean;
}

/**
 * Answers a question directly, or else by adding up figures that are split by a dimension of which all or several values
 * are asked for, if each of these is there.
 * @param direct what answers a question as it stands
 * @param isSplitBy whether some figure is of some values of the dimension only
 */
export function answeredInParts(
	question: Question,
	direct: (question: Question) => Reported | null,
	isSplitBy: (dimension: number) => boolean
): Reported | null {
	const whole = direct(question);
	if (whole) return whole;
	for (const [d, dimension] of NATIVE_DIMENSIONS.entries()) {
		const values = wantedValues(question, dimension);
		// Only a dimension that some figure is split by can be added up from its values.
		if (values.length < 2 || !isSplitBy(d)) continue;
		const parts = values.map((value) =>
			answeredInParts(narrowedTo(question, dimension, value), direct, isSplitBy)
		);
		const isWhole = parts.every((part, i) => part !== null || isOptional(dimension, values[i]!, question));
		if (isWhole) return addUp(parts);
	}
	return null;
}

/** Whether a figure with these filters is a row of a list that holds all there is to the question. */
export function isRowOf(
	own: ReportedFilters,
	isComplete: (dimension: number) => boolean,
	{ filters }: Question
): boolean {
	// No report has columns of one's own.
	if (!dimensionsIn(filters).every(isNative)) return false;
	return NATIVE_DIMENSIONS.every((dimension, d) => {
		const values = valuesIn(own, dimension);
		const wanted = filters[dimension] ?? [];
		if (isComplete(d)) return wanted.length === 0 || values.every((value) => wanted.includes(value));
		return filtersKey({ [dimension]: values }) === filtersKey({ [dimension]: wanted });
	});
}

/** The sum of what is known; null where nothing is. */
export function addUp(parts: readonly (Reported | null)[]): Reported | null {
	let value = 0;
	let isEstimate = false;
	let isKnown = false;
	for (const part of parts) {
		if (!part) continue;
		value += part.value;
		isEstimate ||= part.isEstimate;
		isKnown = true;
	}
	return isKnown ? { value, isEstimate } : null;
}

/** The values asked for; of an open list all of them cannot be named. */
function wantedValues({ filters }: Question, dimension: NativeDimension): readonly string[] {
	return filters[dimension] ?? (dimension === 'account' ? [] : CLOSED_VALUES[dimension]);
}

/** Platforms report every device: unless it is asked for, there need be no figure of an unknown one. */
function isOptional(dimension: NativeDimension, value: string, { filters }: Question): boolean {
	return dimension === 'device' && value === 'unknown' && filters[dimension] === undefined;
}
