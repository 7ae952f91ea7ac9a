import type { Day } from '../model/calendar';
import type { MetricUnit } from '../model/metric';
import type { Grain } from '../model/query';

/** Where the axes of the chart carry lines and labels. */

const NICE_STEPS = [1, 2, 2.5, 5, 10];

/**
 * Values for the upright axis: from 0 in even, round steps to one at or above `max`.
 * @param count about how many steps are wanted
 */
export function valueTicks(max: number, unit: MetricUnit, count: number): readonly number[] {
	// Nothing to measure: a bare axis of one step, whole for what is counted.
	if (!(max > 0)) return [0, unit === 'fraction' ? 0.01 : 1];
	const rough = max / Math.max(1, count);
	const power = 10 ** Math.floor(Math.log10(rough));
	let step = (NICE_STEPS.find((nice) => nice * power >= rough * 0.999_999) ?? 10) * power;
	// Half an impression does not exist.
	if ((unit === 'count' || unit === 'people') && !Number.isInteger(step)) step = Math.ceil(step);
	const steps = Math.max(1, Math.ceil(max / step - 1e-9));
	return Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

const DAY_STRIDES = [1, 2, 3, 5, 7, 14, 28];
const MONTH_STRIDES = [1, 2, 3, 6, 12, 24, 60, 120];

/**
 * Which steps of the series get a label on the level axis, as indices; never more than `limit`.
 * Long stretches are labelled where months begin.
 */
export function dayTicks(days: readonly Day[], grain: Grain, limit: number): readonly number[] {
	const most = Math.max(1, Math.floor(limit));
	if (days.length <= most) return everyNth(days.length, 1);
	const stride = DAY_STRIDES.find((each) => Math.ceil(days.length / each) <= most);
	if (stride !== undefined && grain !== 'month') return everyNth(days.length, stride);
	const starts: number[] = [];
	let previous = '';
	days.forEach((day, index) => {
		const month = day.slice(0, 7);
		// A stretch that starts inside a month has no beginning of it to label.
		if (month !== previous && (index > 0 || day.endsWith('-01'))) starts.push(index);
		previous = month;
	});
	const monthOf = (index: number) => {
		const day = days[index] ?? '';
		return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
	};
	for (const months of MONTH_STRIDES) {
		const picked = starts.filter((index) => monthOf(index) % months === 0);
		if (picked.length <= most && picked.length > 0) return picked;
	}
	return everyNth(days.length, Math.ceil(days.length / most));
}

function everyNth(length: number, stride: number): readonly number[] {
	return Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);
}
