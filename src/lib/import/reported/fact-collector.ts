import { FactColumnsBuilder } from '../../columns/fact-columns';
import type { RejectedBlock } from '../../columns/rejected-block';
import type { ReportContents } from '../../columns/report-contents';
import type { Day } from '../../model/calendar';
import type { Directory } from '../../model/directory';
import type { InsightsSnapshot } from '../../model/insights';
import type { RejectReason, Rejection } from '../../model/problem';
import { wholeSpan, type DaySpan, type Fact } from '../../model/reported';
import { REJECTIONS_TOLD } from '../part';
import { rejectedBlock } from '../rejected-rows';

/** As much of a cell as a report shows. */
const VALUE_SHOWN = 60;

/** Rejected rows are packed by so many. */
const ROWS_PER_BLOCK = 4_096;

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
	readonly insights: InsightsSnapshot[] = [];
	title = '';
	exportedAt: number | null = null;
	directory: Directory = { pins: [], boards: [] };
	/** Facts may be added here directly, without a text for each day and scope. */
	readonly facts = new FactColumnsBuilder();
	readonly #covered: DaySpan[] = [];
	readonly #rejections: Rejection[] = [];
	readonly #blocks: RejectedBlock[] = [];
	#waiting: (Rejection & { readonly cells: readonly string[] })[] = [];
	#rejected = 0;
	readonly #unknown = new Set<string>();
	#columns: readonly string[] = [];
	#accepted = 0;

	/** Keeps a row with all of its figures. */
	accept(facts: Iterable<Fact> = []): void {
		this.#accepted++;
		for (const fact of facts) this.facts.addFact(fact);
	}

	/** Keeps a row out. */
	reject(line: number, fault: RowFault, cells: readonly string[], columns: readonly string[]): void {
		if (this.#columns.length === 0) this.#columns = columns;
		const rejection: Rejection = { ...fault, value: fault.value.slice(0, VALUE_SHOWN), line };
		this.#rejected++;
		if (this.#rejections.length < REJECTIONS_TOLD) this.#rejections.push(rejection);
		this.#waiting.push({ ...rejection, cells });
		if (this.#waiting.length === ROWS_PER_BLOCK) this.#packRejected();
	}

	/** Names what has no place here. */
	leaveOut(name: string): void {
		if (name.trim() !== '') this.#unknown.add(name.trim());
	}

	/** The file is about these days. */
	cover(span: DaySpan | null): void {
		if (span) this.#covered.push(span);
	}

	/** What was gathered; without any span of its own, the file covers the days that its rows name. */
	result(days: readonly Day[] = []): ReportContents {
		const named = wholeSpan(days.map((day) => ({ from: day, to: day })));
		this.#packRejected();
		return {
			facts: this.facts.finish(),
			directory: this.directory,
			insights: this.insights,
			covered: this.#covered.length > 0 || !named ? this.#covered : [named],
			exportedAt: this.exportedAt,
			accepted: this.#accepted,
			rejected: this.#rejected,
			rejections: this.#rejections,
			rejectedRows: this.#blocks,
			columns: this.#columns,
			unknownColumns: [...this.#unknown],
			title: this.title,
			settings: this.settings,
			notes: this.notes
		};
	}

	#packRejected(): void {
		if (this.#waiting.length === 0) return;
		this.#blocks.push(rejectedBlock(this.#waiting, this.#columns.length));
		this.#waiting = [];
	}
}
