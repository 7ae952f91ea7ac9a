import { EVENTS, EVENT_ALIASES, EVENT_COLUMNS, type EventColumn } from '../../model/event';
import type { Mapping } from '../../model/mapping';
import { nameKey } from '../../model/metric-names';
import { normalName } from '../header';
import { dimensionNamed } from '../reported/filter-names';
import { readDateText } from './date-text';
import { isBlankCell } from './is-blank-cell';
import type { TableProfile } from './profile';
import { cellText, type Table } from './table';

/** What tables of events call their columns, as nameKey compares names. */
const EVENT_COLUMN_NAMES: ReadonlyMap<string, EventColumn> = new Map(
	(
		[
			['timestamp', 'time, date, datetime, when'],
			['event', 'action, event name, event type, type'],
			['pin_id', 'pin, organic pin id'],
			['user_id', 'user, visitor, visitor id'],
			['pin_title', 'title'],
			['board', 'board name'],
			['link', 'url, destination'],
			['image_url', 'image'],
			['count', 'n, quantity']
		] as const
	).flatMap(([column, names]) =>
		names.split(', ').map((name): [string, EventColumn] => [nameKey(name), column])
	)
);

/** The columns of a table of events, by their names or else by what they hold; null where it is none. */
export function guessEvents(table: Table, { first }: TableProfile): Mapping | null {
	const taken = new Set<string>();
	const roles = table.columns.map((name, index) => {
		const cells = first.flatMap(({ cells: own }) => (isBlankCell(own[index]) ? [] : [cellText(own[index])]));
		const role = roleOf(name, cells);
		if (role === '' || taken.has(role)) return '';
		taken.add(role);
		return role;
	});
	return taken.has('event') && taken.has('timestamp') ? { kind: 'events', roles } : null;
}

/** Whether a column holds what can happen to a Pin: then its rows are events, whatever they are called. */
export function holdsEvents(table: Table, { first }: TableProfile): boolean {
	return table.columns.some((_, index) => {
		const cells = first.flatMap(({ cells: own }) => (isBlankCell(own[index]) ? [] : [cellText(own[index])]));
		return cells.length > 0 && cells.every(isEventName);
	});
}

function roleOf(name: string, cells: readonly string[]): string {
	const normal = normalName(name);
	if ((EVENT_COLUMNS as readonly string[]).includes(normal)) return normal;
	const named = EVENT_COLUMN_NAMES.get(nameKey(name)) ?? dimensionNamed(name);
	if (named) return named;
	const isMost = (test: (cell: string) => boolean) => cells.filter(test).length > cells.length / 2;
	if (isMost(isEventName)) return 'event';
	if (isMost((cell) => /^\d{15,20}$/.test(cell))) return 'pin_id';
	return isMost((cell) => readDateText(cell)?.form === 'day') ? 'timestamp' : '';
}

function isEventName(cell: string): boolean {
	const plain = cell.toLowerCase().replace(/[\s_-]/g, '');
	return Object.hasOwn(EVENT_ALIASES, plain) || EVENTS.some((event) => event.replace('_', '') === plain);
}
