/** What is measured, and how it is printed. */

export type Unit = 'ms' | 'MB' | 'B/event' | '% of CSV' | 'tasks' | 'states' | 'ratio';

/** One thing measured of one or more sides, in the same run where there are more. */
export interface Measure {
	readonly scenario: string;
	readonly name: string;
	readonly unit: Unit;
	/** Ours first. Value i of each side is of the same run, as far as it has one. */
	readonly sides: readonly Side[];
}

export interface Side {
	readonly side: string;
	readonly values: readonly number[];
}

export const OURS = 'tackboard';

export interface Summary {
	readonly min: number;
	readonly median: number;
	readonly max: number;
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function summaryOf(values: readonly number[]): Summary {
	return { min: Math.min(...values), median: median(values), max: Math.max(...values) };
}

/** The median over the runs of how many times as much as ours a side took; null where there is nothing to compare. */
export function ratioToFirst(measure: Measure, side: Side): number | null {
	const ours = measure.sides[0]!.values;
	const ratios = side.values.flatMap((value, run) => (ours[run] ? [value / ours[run]] : []));
	return side === measure.sides[0] || ratios.length === 0 ? null : median(ratios);
}

/** Measures of one scenario, gathered run by run. */
export class Measures {
	readonly #scenario: string;
	readonly #measures = new Map<string, { unit: Unit; sides: Map<string, number[]> }>();

	constructor(scenario: string) {
		this.#scenario = scenario;
	}

	add(name: string, unit: Unit, value: number, side = OURS): void {
		let measure = this.#measures.get(name);
		if (!measure) this.#measures.set(name, (measure = { unit, sides: new Map() }));
		const values = measure.sides.get(side) ?? [];
		measure.sides.set(side, [...values, value]);
	}

	get all(): Measure[] {
		return [...this.#measures].map(([name, { unit, sides }]) => ({
			scenario: this.#scenario,
			name,
			unit,
			sides: [...sides].map(([side, values]) => ({ side, values }))
		}));
	}
}

function figure(value: number): string {
	const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Measures as lines of text, a line a side. */
export function tableOf(measures: readonly Measure[]): string {
	const lines = [['', '', 'min', 'median', 'max', 'runs', '× first']];
	for (const measure of measures) {
		for (const side of measure.sides) {
			const { min, median, max } = summaryOf(side.values);
			const ratio = ratioToFirst(measure, side);
			lines.push([
				side === measure.sides[0] ? `${measure.name}, ${measure.unit}` : '',
				side.side,
				figure(min),
				figure(median),
				figure(max),
				String(side.values.length),
				ratio === null ? '' : figure(ratio)
			]);
		}
	}
	const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
	return lines
		.map((line) =>
			line
				.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
				.join('  ')
				.trimEnd()
		)
		.join('\n');
}
