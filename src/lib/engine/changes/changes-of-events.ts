import type { Catalogue } from '../../columns/catalogue';
import { valueName } from '../../columns/combination';
import type { Change, ChangePart, PartChanges } from '../../model/change';
import { LABEL, ownDimension } from '../../model/dimension';
import { NATIVE_DIMENSIONS } from '../../model/event';
import type { EventMetricId } from '../../model/metric';
import { ProblemError } from '../../model/problem';
import { groupSums } from '../pin-counts';
import { amountsOfCounts, amountsOfOwn, amountsOfValues, type EventPeriod } from './amounts-of-events';
import { sumOf } from './contributions';
import { FIRST_LABEL, amountsOfLabels, type LabelsOfPins } from './label-amounts';
import { changeOfPeople, peopleChanges } from './changes-of-people';
import type { PeopleOfPeriod } from './people-of-period';
import { partChanges, totalChange, type PartAmounts } from './part-changes';

/**
 * A change of what events count, exactly: the whole, and what each dimension, Pin, board and link made of it. One count a
 * period serves all of them.
 * @param labels null where there are none
 * @throws ProblemError figure_too_large where a sum goes beyond 2^53
 */
export function changesOfEvents(
	metric: EventMetricId,
	now: EventPeriod,
	then: EventPeriod,
	catalogue: Catalogue,
	labels: LabelsOfPins | null
): { readonly total: Change; readonly parts: readonly PartChanges[] } {
	const amounts = amountsByPart(metric, now, then, catalogue, labels);
	const whole = amounts[0]!;
	for (const { parts, wholes } of [whole.now, whole.then])
		if (Math.max(sumOf(parts), sumOf(wholes)) > Number.MAX_SAFE_INTEGER)
			throw new ProblemError({ code: 'figure_too_large' });
	return {
		total: totalChange(metric, whole.now, whole.then),
		parts: withContents(
			amounts.map((part) => partChanges(metric, part)),
			catalogue
		)
	};
}

/** Changes of audiences, of the same parts. */
export function changesOfEventPeople(
	now: EventPeriod & { readonly people: PeopleOfPeriod },
	then: EventPeriod & { readonly people: PeopleOfPeriod },
	catalogue: Catalogue,
	labels: LabelsOfPins | null
): { readonly total: Change; readonly parts: readonly PartChanges[] } {
	const parts = amountsByPart('impressions', now, then, catalogue, labels).map((amounts) =>
		peopleChanges({
			...amounts,
			now: { ...amounts.now, parts: now.people.parts[amounts.part]! },
			then: { ...amounts.then, parts: then.people.parts[amounts.part]! }
		})
	);
	return { total: changeOfPeople(now.people.all, then.people.all), parts: withContents(parts, catalogue) };
}

/** The amounts of every part, dimensions first. */
function amountsByPart(
	metric: EventMetricId,
	now: EventPeriod,
	then: EventPeriod,
	catalogue: Catalogue,
	labels: LabelsOfPins | null
): PartAmounts[] {
	const { accounts } = catalogue;
	const pins = pinAmounts(metric, now, then, catalogue);
	return [
		...NATIVE_DIMENSIONS.map((dimension): PartAmounts => ({
			part: dimension,
			now: amountsOfValues(now, dimension, accounts, metric),
			then: amountsOfValues(then, dimension, accounts, metric),
			name: (value) => valueName(dimension, value, accounts),
			firstListed: 0
		})),
		...now.own.map((own, c): PartAmounts => ({
			part: ownDimension(own.name),
			now: amountsOfOwn(own, metric),
			then: amountsOfOwn(then.own[c]!, metric),
			name: (value) => own.values[value] ?? '',
			firstListed: 0
		})),
		...(labels ? [labelAmounts(pins, labels)] : []),
		pins,
		groupAmounts('board', metric, now, then, catalogue),
		groupAmounts('link', metric, now, then, catalogue)
	];
}

/** The parts that have something to show, Pins with their titles. */
function withContents(parts: readonly (PartChanges | null)[], catalogue: Catalogue): PartChanges[] {
	return parts.flatMap((part) => {
		if (!part || !hasContents(part)) return [];
		return [part.part === 'pin' ? withTitles(part, catalogue) : part];
	});
}

function pinAmounts(
	metric: EventMetricId,
	now: EventPeriod,
	then: EventPeriod,
	catalogue: Catalogue
): PartAmounts {
	return {
		part: 'pin',
		now: amountsOfCounts(now.pins, catalogue.pinCount, metric),
		then: amountsOfCounts(then.pins, catalogue.pinCount, metric),
		name: (pin) => catalogue.pinId(pin),
		firstListed: 0
	};
}

function labelAmounts({ now, then }: PartAmounts, labels: LabelsOfPins): PartAmounts {
	return {
		part: LABEL,
		now: amountsOfLabels(now, labels),
		then: amountsOfLabels(then, labels),
		name: (label) => labels.names[label] as string,
		firstListed: FIRST_LABEL
	};
}

function groupAmounts(
	part: Extract<ChangePart, 'board' | 'link'>,
	metric: EventMetricId,
	now: EventPeriod,
	then: EventPeriod,
	catalogue: Catalogue
): PartAmounts {
	const groups = part === 'board' ? catalogue.boards : catalogue.links;
	const amounts = ({ pins }: EventPeriod) =>
		amountsOfCounts(groupSums(pins, groups).sums, groups.names.length, metric);
	return {
		part,
		now: amounts(now),
		then: amounts(then),
		name: (group) => groups.names[group] as string,
		// The first group is that of the Pins without a link, which lead nowhere.
		firstListed: part === 'link' ? 1 : 0
	};
}

/** Whether anything has changed in a part, and it is not all Pins without a board. */
function hasContents({ part, rows, rest }: PartChanges): boolean {
	if (part !== 'board') return rows.length > 0;
	return rows.some(({ name }) => name !== '') || (rows.length > 0 && rest !== null);
}

/** Rows of Pins with the titles and boards of these. */
export function withTitles(part: PartChanges, catalogue: Catalogue): PartChanges {
	return {
		...part,
		rows: part.rows.map((row) => {
			const { title, board } = catalogue.pin(catalogue.pinNumber(row.name));
			return { ...row, title, board };
		})
	};
}
