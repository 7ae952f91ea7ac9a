import { instantsOf } from '../model/axis';
import { dimensionsIn, isOwn } from '../model/dimension';
import { NATIVE_DIMENSIONS, type NativeDimension } from '../model/event';
import type { Filter, Query, Subject } from '../model/query';
import { attributesOfPins } from './attributes';
import { closedWords } from './columns';
import { joined, ours, sql, valuesTable, type Sql } from './sql';
import type { Tables } from './tables';

/** Which events a statement is about. */

const NONE = ours('1 = 0');

/** The events of a range of days and of a subject, whatever else is filtered. */
export function inRange(tables: Tables, filter: Filter, subject: Subject | null): Sql {
	const { fromMs, toMs } = instantsOf(filter);
	const days = within(fromMs, toMs);
	return subject === null ? days : sql`${days} AND ${ofSubject(tables, subject)}`;
}

/** The events that pass: those that figures count. */
export function passing(tables: Tables, { filter, subject }: Pick<Query, 'filter' | 'subject'>): Sql {
	const { values } = filter;
	const tests = NATIVE_DIMENSIONS.flatMap((dimension) => listed(dimension, values[dimension]) ?? []);
	// A host holds no columns of one's own: all of its events have the empty value.
	if (dimensionsIn(values).some((dimension) => isOwn(dimension) && !holdsEmpty(values[dimension])))
		tests.push(NONE);
	return joined([inRange(tables, filter, subject), ...tests], ' AND ');
}

/** The events from one instant to another, by the table's order; days begin at whole seconds. */
export function within(fromMs: number, toMs: number): Sql {
	const seconds = (ms: number) => Math.ceil(ms / 1_000);
	return sql`timestamp >= toDateTime(${seconds(fromMs)}) AND timestamp < toDateTime(${seconds(toMs)})`;
}

const holdsEmpty = (values: readonly string[] = []) => values.length === 0 || values.includes('');

function listed(dimension: NativeDimension, values: readonly string[]): Sql | null {
	if (values.length === 0) return null;
	if (dimension === 'account') return sql`account IN ${valuesTable('filter_account', values)}`;
	const words = closedWords(dimension, values);
	return words === null ? NONE : sql`${ours(dimension)} IN ${words}`;
}

function ofSubject(tables: Tables, { kind, name }: Subject): Sql {
	const wanted = valuesTable('subject', [name]);
	if (kind === 'pin') return sql`pin_id IN ${wanted}`;
	return sql`pin_id GLOBAL IN (SELECT pin_id FROM (${attributesOfPins(tables, ['board'])}) WHERE pin_board IN ${wanted})`;
}
