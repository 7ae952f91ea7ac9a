import { dayFromNumber } from '../../model/calendar';
import type { DateOrder } from '../../model/mapping';
import type { DaySpan } from '../../model/reported';
import { dayOf, readDateText, type DateText } from './date-text';
import type { Cell } from './table';

/**
 * Which orders of day and month the dates of a file can have. The order is settled for a file as a whole, never for a
 * cell.
 */
export class DateOrders {
	#isDayFirst = true;
	#isMonthFirst = true;
	#isOpen = false;
	#hasDots = false;
	/** First and last day by each reading. */
	readonly #spans: Record<'dmy' | 'mdy', { from: number; to: number } | null> = { dmy: null, mdy: null };

	/** Looks at a cell of a column of days. */
	look(cell: Cell): void {
		if (typeof cell !== 'string') return;
		const found = readDateText(cell);
		if (found?.form !== 'open') return;
		this.#isOpen = true;
		this.#hasDots ||= found.hasDots;
		const dayFirst = dayOf(found.year, found.second, found.first);
		const monthFirst = dayOf(found.year, found.first, found.second);
		// A date that exists in neither order is a bad cell: it rules out no order.
		if (dayFirst.form !== 'day' && monthFirst.form !== 'day') return;
		this.#isDayFirst &&= this.#take('dmy', dayFirst);
		this.#isMonthFirst &&= this.#take('mdy', monthFirst);
	}

	/** Whether dates with dots were met: then numbers are written with a decimal comma. */
	get hasDots(): boolean {
		return this.#hasDots;
	}

	/**
	 * The orders that every date allows, and that keep within the days that the file names elsewhere.
	 * @param hint days that stand above the table or in the file's name; null where none do
	 */
	possible(hint: DaySpan | null, delimiter: string | null): readonly DateOrder[] {
		if (!this.#isOpen) return ['ymd'];
		if (this.#hasDots || delimiter === ';') return ['dmy'];
		const orders = [
			...(this.#isDayFirst ? (['dmy'] as const) : []),
			...(this.#isMonthFirst ? (['mdy'] as const) : [])
		];
		if (orders.length < 2 || !hint) return orders;
		const within = orders.filter((order) => {
			const span = this.#spans[order];
			return span !== null && dayFromNumber(span.from) >= hint.from && dayFromNumber(span.to) <= hint.to;
		});
		return within.length === 1 ? within : orders;
	}

	/** From the first to the last day by one reading. */
	spanBy(order: DateOrder): DaySpan | null {
		const span = order === 'ymd' ? null : this.#spans[order];
		return span && { from: dayFromNumber(span.from), to: dayFromNumber(span.to) };
	}

	#take(order: 'dmy' | 'mdy', day: DateText): boolean {
		if (day.form !== 'day') return false;
		const span = this.#spans[order];
		if (!span) this.#spans[order] = { from: day.day, to: day.day };
		else {
			span.from = Math.min(span.from, day.day);
			span.to = Math.max(span.to, day.day);
		}
		return true;
	}
}
