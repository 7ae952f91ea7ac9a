import type { DateOrder, DateReading } from '../../model/mapping';
import type { DaySpan } from '../../model/reported';
import type { ColumnMeaning, ColumnRole } from './column-names';
import type { DateOrders } from './date-orders';
import type { TableProfile } from './profile';

/** What the columns of days of a table hold, a column each. */
export function ordersOf(
	columns: readonly (ColumnMeaning | null)[],
	{ columns: profiles }: TableProfile
): DateOrders[] {
	const dated = new Set<ColumnRole>(['date', 'start_date', 'end_date', 'week', 'month']);
	return columns.flatMap((own, i) =>
		own?.kind === 'role' && dated.has(own.role) && profiles[i] ? [profiles[i].orders] : []
	);
}

/** The one order that all columns of days allow; null where several do. A file whose dates allow none is read as d.m.y. */
export function commonOrder(possible: readonly (readonly DateOrder[])[]): DateOrder | null {
	const open = possible.filter((orders) => !orders.includes('ymd'));
	if (open.length === 0) return 'ymd';
	const common = (['dmy', 'mdy'] as const).filter((order) => open.every((orders) => orders.includes(order)));
	return common.length === 1 ? (common[0] as DateOrder) : null;
}

/** The days that the table has by each order that the dates leave open. */
export function dateReadingsOf(orders: readonly DateOrders[]): DateReading[] {
	return (['dmy', 'mdy'] as const).flatMap((order) => {
		const span = spanBy(orders, order);
		return span ? [{ order, ...span }] : [];
	});
}

function spanBy(orders: readonly DateOrders[], order: DateOrder): DaySpan | null {
	return orders.map((each) => each.spanBy(order)).find((span) => span !== null) ?? null;
}
