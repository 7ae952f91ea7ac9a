import { isAdditive } from '../../model/fact-metric';
import { CLOSED_VALUES, DIMENSIONS, type Dimension } from '../../model/event';
import type { Filter } from '../../model/query';
import { filtersKey, valuesIn, type ReportedFilters } from '../../model/reported';
import type { FactInForce } from './facts-in-force';

/** The filters of a query, as reported figures are held against them. */
export interface Question {
	readonly filters: ReportedFilters;
	readonly key: string;
	/** The same of one value of a dimension, as far as it was asked. */
	readonly narrowed: Map<string, Question>;
}

/** The question that filters ask; a filter that lets all values of its dimension through asks nothing. */
export function questionOf(values: Filter['values'] | ReportedFilters): Question {
	const filters: Partial<Record<Dimension, readonly string[]>> = {};
	for (const dimension of DIMENSIONS) {
		const wanted = valuesIn(values, dimension);
		if (wanted.length > 0) filters[dimension] = wanted;
	}
	return { filters, key: filtersKey(filters), narrowed: new Map() };
}

/** The same question of one value of a dimension. */
export function narrowedTo(question: Question, dimension: Dimension, value: string): Question {
	const name = `${dimension} ${value}`;
	let narrowed = question.narrowed.get(name);
	if (!narrowed) {
		narrowed = questionOf({ ...question.filters, [dimension]: [value] });
		question.narrowed.set(name, narrowed);
	}
	return narrowed;
}

/** What reported figures answer. */
export interface Reported {
	readonly value: number;
	readonly isEstimate: boolean;
}

/**
 * Answers a question from figures of one metric, period and subject: from the one with equal filters, or else by adding
 * up those that are split by a dimension of which all or several values are asked for, if each of these is there.
 */
export function answered(entries: readonly FactInForce[], question: Question): Reported | null {
	if (entries.length === 0) return null;
	const equal = entries.find((entry) => entry.filtersKey === question.key);
	if (equal) return equal.fact;
	const listed = entries.filter(
		(entry) => entry.fact.completeBreakdowns.length > 0 && isRowOf(entry, question)
	);
	if (listed.length > 0) return sum(listed.map(({ fact }) => fact));
	if (entries.length === 1 || !isAdditive(entries[0]!.fact.metric)) return null;
	for (const dimension of DIMENSIONS) {
		const values = wantedValues(question, dimension);
		// Only what some figure is split by can be put together from its values.
		if (values.length < 2 || !entries.some(({ fact }) => fact.filters[dimension])) continue;
		const parts = values.map((value) => answered(entries, narrowedTo(question, dimension, value)));
		const isWhole = parts.every((part, i) => part !== null || isOptional(dimension, values[i]!, question));
		if (isWhole) return sum(parts.filter((part) => part !== null));
	}
	return null;
}

/** Whether a figure is a row of a list that holds all there is to the question. */
function isRowOf({ fact }: FactInForce, { filters }: Question): boolean {
	return DIMENSIONS.every((dimension) => {
		const own = valuesIn(fact.filters, dimension);
		const wanted = filters[dimension] ?? [];
		if (fact.completeBreakdowns.includes(dimension)) {
			return wanted.length === 0 || own.every((value) => wanted.includes(value));
		}
		return filtersKey({ [dimension]: own }) === filtersKey({ [dimension]: wanted });
	});
}

/** The values asked for; of an open list all of them cannot be named. */
function wantedValues({ filters }: Question, dimension: Dimension): readonly string[] {
	return filters[dimension] ?? (dimension === 'account' ? [] : CLOSED_VALUES[dimension]);
}

/** Platforms know every device: unless it is asked for, there need be no figure of an unknown one. */
function isOptional(dimension: Dimension, value: string, { filters }: Question): boolean {
	return dimension === 'device' && value === 'unknown' && filters[dimension] === undefined;
}

function sum(parts: readonly Reported[]): Reported | null {
	if (parts.length === 0) return null;
	return {
		value: parts.reduce((all, part) => all + part.value, 0),
		isEstimate: parts.some((part) => part.isEstimate)
	};
}
