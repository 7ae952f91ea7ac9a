import { FACT_METRICS, additionOf } from '../../model/fact-metric';
import type { Decimal } from '../../model/mapping';
import type { MetricName, Scale } from '../../model/metric-names';
import type { RejectReason } from '../../model/problem';
import { readNumber } from './read-number';
import type { Cell } from './table';

/** The figure of a metric in a cell, in the metric's unit; or why there is none. */
export function readFigure(
	cell: Cell,
	{ metric, times, per }: MetricName,
	{ decimal, isPercentage }: { readonly decimal: Decimal; readonly isPercentage: boolean }
): number | { readonly reason: RejectReason } {
	const number = readNumber(cell, decimal);
	if ('reason' in number) return number;
	let value = scaled(number.digits, { times, per }, number.isPercent || isPercentage);
	if (value < 0 || !Number.isFinite(value)) return { reason: 'out_of_range' };
	if (metric === 'watch_ms' || additionOf(metric) === 'money') value = Math.round(value);
	if (!FACT_METRICS[metric].isWhole) return value;
	if (!Number.isInteger(value)) return { reason: 'not_a_whole_number' };
	return value <= Number.MAX_SAFE_INTEGER ? value : { reason: 'out_of_range' };
}

/**
 * The value of digits in a metric's unit. The point is moved in the text where it can be, so that 2.78 % is 0.0278.
 * @param percent whether the digits are a percentage
 */
function scaled(digits: string, { times, per }: Scale, percent: boolean): number {
	const shift = powerOfTen(times) - powerOfTen(per) - (percent ? 2 : 0);
	if (Number.isInteger(shift)) return shift === 0 ? Number(digits) : Number(shifted(digits, shift));
	const value = (Number(digits) * times) / per;
	return percent ? value / 100 : value;
}

function shifted(digits: string, shift: number): string {
	const [mantissa, exponent = '0'] = digits.toLowerCase().split('e');
	return `${mantissa}e${Number(exponent) + shift}`;
}

function powerOfTen(value: number): number {
	const power = Math.log10(value);
	return Number.isInteger(power) ? power : NaN;
}
