import type { LabelIndex } from '../columns/label-index';
import { LABEL } from '../model/dimension';
import type { EventSeries } from '../model/event-answer';
import type { Query } from '../model/query';
import { compareText } from '../model/text-order';
import { answerQuery, type Answered, type BegunAnswer } from './answer';
import type { EngineData } from './engine-data';
import { both, pinMask } from './pin-mask';
import { MAX_SLOTS } from './cells';
import { dailyFigures, type DailyFigures } from './daily';
import type { PinMask, Plan } from './plan';
import { figureReader, hasEvents, type Counts } from './pin-counts';

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
	/** Its Pins among those that count; made for those labels that have a series. */
	readonly pins: () => PinMask;
}

/** The whole answer to a question that is split by label. */
export async function answerByLabel(query: Query, plan: Plan, data: EngineData): Promise<Answered> {
	const plain = { ...query, split: null };
	const { answer, pins } = await answerQuery(plain, plan, data);
	const chosen = chooseLabels(await occurringLabels(query, pins, data), query);
	const series: EventSeries[] = [];
	for (const { name, pins: own } of chosen) {
		const [one] = await dailyFigures(plain, plan, { ...data, onlyPins: own() });
		series.push({ value: name, isRest: false, figures: one!.figures });
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
		const [one] = await dailyFigures(plain, plan, { ...data, onlyPins: own() });
		daily.push({ value: name, figures: one!.figures });
	}
	return daily;
}

/** The labels of Pins of which any event passes, and what stands for the Pins without one. */
async function occurringLabels(query: Query, counts: Counts, data: EngineData): Promise<LabelValue[]> {
	const index = await data.labels?.();
	if (!index) return [];
	const mask = await pinMask(query, data);
	return sumsOfLabels(index, counts).values.flatMap(({ name, impressions, occurs }) =>
		occurs ? [{ name, impressions, pins: () => both(mask, index.mask([name])) }] : []
	);
}

/** What a label has of counts by Pin. */
interface LabelSum {
	/** '' stands for the Pins without any label. */
	readonly name: string;
	readonly impressions: number;
	/** Whether any event of its Pins passes. */
	readonly occurs: boolean;
}

/** The impressions of every label, and of all Pins together. */
export function sumsOfLabels(
	index: LabelIndex,
	counts: Counts
): { readonly whole: number; readonly values: readonly LabelSum[] } {
	// Pins bear many labels, so each Pin is looked at once.
	const impressions = new Float64Array(index.pinCount);
	const occurs = new Uint8Array(index.pinCount);
	let whole = 0;
	for (let pin = 0; pin < index.pinCount; pin++) {
		if (!hasEvents(counts, pin)) continue;
		const own = figureReader(counts, pin)('impressions');
		occurs[pin] = 1;
		impressions[pin] = own;
		whole += own;
	}
	const sumOf = (name: string, pins: Uint32Array): LabelSum => {
		let sum = 0;
		let any = 0;
		for (let i = 0; i < pins.length; i++) {
			const pin = pins[i] as number;
			sum += impressions[pin] as number;
			any |= occurs[pin] as number;
		}
		return { name, impressions: sum, occurs: any === 1 };
	};
	const all = [sumOf('', withoutLabel(index)), ...index.names.map((name) => sumOf(name, index.pinsOf(name)))];
	return { whole, values: all };
}

function withoutLabel(index: LabelIndex): Uint32Array {
	const bears = index.mask(['']);
	const pins = new Uint32Array(bears.length);
	let length = 0;
	for (let pin = 0; pin < bears.length; pin++) if (bears[pin] === 1) pins[length++] = pin;
	return pins.subarray(0, length);
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
