import type { MetricId } from '../model/metric';
import type { RowOrder } from '../model/query';
import { compareText } from '../model/text-order';
import type { FigureRow } from './figure-tables';

/**
 * Rows of an export in the order of a metric's value, gain or loss, ties by name. One without a value, or without a change
 * that is known, comes last; where no change is known the order is that of the value.
 */
export function inRowOrder<Row extends FigureRow>(
	rows: readonly Row[],
	metric: MetricId,
	order: RowOrder,
	nameOf: (row: Row) => string
): Row[] {
	const valueOf = ({ figure }: Row) => figure(metric) ?? -1;
	const changeOf = ({ figure, before }: Row) => {
		const [now, then] = [figure(metric), before?.(metric) ?? null];
		if (now === null || then === null) return -Infinity;
		return order === 'gain' ? now - then : then - now;
	};
	const changes = order === 'value' ? [] : rows.map(changeOf);
	const isKnown = changes.some((change) => change !== -Infinity);
	return rows
		.map((row, place) => ({ row, value: isKnown ? (changes[place] as number) : valueOf(row) }))
		.sort((a, b) => (a.value === b.value ? compareText(nameOf(a.row), nameOf(b.row)) : b.value - a.value))
		.map(({ row }) => row);
}
