import type { Day } from '../../model/calendar';
import type { RejectReason, Rejection } from '../../model/problem';
import { factKey, isAdditive, type DaySpan, type Fact, type FactsResult } from '../../model/reported';

/** As much of a cell as a report shows. */
const VALUE_SHOWN = 60;

/** What is at fault in a row. */
export interface RowFault {
	/** The column's name; null for the row as a whole. */
	readonly column: string | null;
	readonly reason: RejectReason;
	readonly value: string;
}

/** Gathers what a file of reported figures comes to, row by row. */
export class FactCollector {
	readonly settings: { readonly name: string; readonly value: string }[] = [];
	readonly notes: string[] = [];
	title = '';
	exportedAt: number | null = null;
	readonly #facts = new Map<string, Fact>();
	/** Keys that occur twice, of what cannot be added up: neither figure is the right one. */
	readonly #clashes = new Set<string>();
	readonly #covered: DaySpan[] = [];
	readonly #rejections: FactsResult['rejections'][number][] = [];
	readonly #unknown = new Set<string>();
	#columns: readonly string[] = [];
	#accepted = 0;

	/** Keeps a row with all of its figures; equal keys within one file add up. */
	accept(facts: readonly Fact[]): void {
		this.#accepted++;
		for (const fact of facts) this.#add(fact);
	}

	/** Keeps a row out. */
	reject(line: number, fault: RowFault, cells: readonly string[], columns: readonly string[]): void {
		if (this.#columns.length === 0) this.#columns = columns;
		const rejection: Rejection = { ...fault, value: fault.value.slice(0, VALUE_SHOWN), line };
		this.#rejections.push({ ...rejection, cells });
	}

	/** Names what has no place here. */
	leaveOut(name: string): void {
		if (name.trim() !== '') this.#unknown.add(name.trim());
	}

	/** The file speaks of these days. */
	cover(span: DaySpan | null): void {
		if (span) this.#covered.push(span);
	}

	/** What was gathered; without any span of its own, the file covers the days that its rows name. */
	result(days: readonly Day[] = []): FactsResult {
		const named = days.reduce<DaySpan | null>(
			(span, day) => ({
				from: span && span.from < day ? span.from : day,
				to: span && span.to > day ? span.to : day
			}),
			null
		);
		const covered = this.#covered.length > 0 || !named ? this.#covered : [named];
		return {
			facts: [...this.#facts.values()],
			covered,
			exportedAt: this.exportedAt,
			accepted: this.#accepted,
			rejected: this.#rejections.length,
			rejections: this.#rejections,
			columns: this.#columns,
			unknownColumns: [...this.#unknown],
			title: this.title,
			settings: this.settings,
			notes: this.notes
		};
	}

	#add(fact: Fact): void {
		const key = factKey(fact);
		const other = this.#facts.get(key);
		if (this.#clashes.has(key)) return;
		if (!other) this.#facts.set(key, fact);
		else if (isAdditive(fact.metric)) {
			const isEstimate = fact.isEstimate || other.isEstimate;
			this.#facts.set(key, { ...fact, value: fact.value + other.value, isEstimate });
		} else {
			this.#clashes.add(key);
			this.#facts.delete(key);
		}
	}
}
