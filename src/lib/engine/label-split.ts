import type { LabelIndex } from '../columns/label-index';
import { LABEL } from '../model/dimension';
import type { EventSeries } from '../model/event-answer';
import type { Query } from '../model/query';
import { compareText } from '../model/text-order';
import { answerQuery, both, pinMask, type Answered, type BegunAnswer, type EngineData } from './answer';
import { MAX_SLOTS } from './cells';
import { dailyFigures, type DailyFigures } from './daily';
import type { PinMask, Plan } from './plan';
import { figureReader, hasEvents, type Counts } from './top';

/**
 * Answers that are split by label. A Pin may bear several labels, so a row can count in several series: each label is
 * counted by itself, among the Pins that count anyway. There is no rest.
 */

/** Whether a question is split by label. */
export function isByLabel({ split }: Pick<Query, 'split'>): boolean {
	return split === LABEL;
}

/** A label of the Pins that count; '' stands for those without any. */
interface LabelValue {
	readonly name: string;
	readonly impressions: number;
	/** Its Pins among those that count. */
	readonly pins: PinMask;
}

/** The whole answer to a question that is split by label. */
export async function answerByLabel(query: Query, plan: Plan, data: EngineData): Promise<Answered> {
	const plain = { ...query, split: null };
	const { answer, pins } = await answerQuery(plain, plan, data);
	const chosen = chooseLabels(await occurringLabels(query, pins, data), query);
	const series: EventSeries[] = [];
	for (const { name, pins: own } of chosen) {
		const one = await answerQuery({ ...plain, top: 0, withVideo: false }, plan, { ...data, onlyPins: own });
		series.push({ value: name, isRest: false, figures: one.answer.overall });
	}
	return { answer: { ...answer, series }, pins };
}

/** The same, begun: no part of it is known before rows are counted. */
export async function beginByLabel(query: Query, plan: Plan, data: EngineData): Promise<BegunAnswer> {
	const whole = await answerByLabel(query, plan, data);
	return { first: { ...whole.answer, isWhole: false }, count: () => Promise.resolve(whole) };
}

/**
 * The series of every label that occurs, by name.
 * @param plan by day
 */
export async function dailyByLabel(query: Query, plan: Plan, data: EngineData): Promise<DailyFigures[]> {
	const plain = { ...query, split: null, top: 0 };
	const { pins } = await answerQuery(plain, plan, data);
	const labels = await occurringLabels(query, pins, data);
	const daily: DailyFigures[] = [];
	for (const { name, pins: own } of labels.sort((a, b) => compareText(a.name, b.name))) {
		const [one] = await dailyFigures(plain, plan, { ...data, onlyPins: own });
		daily.push({ value: name, figures: one!.figures });
	}
	return daily;
}

/** The labels of Pins of which any event passes, and what stands for the Pins without one. */
async function occurringLabels(query: Query, counts: Counts, data: EngineData): Promise<LabelValue[]> {
	const index = await data.labels?.();
	if (!index) return [];
	const mask = await pinMask(query, data);
	const values: LabelValue[] = [];
	for (const name of ['', ...index.names]) {
		const pins = name === '' ? withoutLabel(index) : index.pinsOf(name);
		let occurs = false;
		let impressions = 0;
		for (const pin of pins) {
			if (!hasEvents(counts, pin)) continue;
			occurs = true;
			impressions += figureReader(counts, pin)('impressions');
		}
		if (occurs) values.push({ name, impressions, pins: both(mask, index.mask([name])) });
	}
	return values;
}

function withoutLabel(index: LabelIndex): number[] {
	return Array.from(index.mask([''])).flatMap((bears, pin) => (bears === 1 ? [pin] : []));
}

/** The labels that have a series: those that come first, and then the largest. */
function chooseLabels(
	values: readonly LabelValue[],
	{ splitLimit, splitFirst = [] }: Query
): readonly LabelValue[] {
	const limit = Math.min(splitLimit, MAX_SLOTS - 2);
	const sorted = [...values].sort((a, b) => b.impressions - a.impressions || compareText(a.name, b.name));
	const isFirst = new Set(splitFirst);
	const others = sorted.filter(({ name }) => !isFirst.has(name));
	const room = Math.max(0, limit - splitFirst.length);
	return [...sorted.filter(({ name }) => isFirst.has(name)), ...others.slice(0, room)];
}
