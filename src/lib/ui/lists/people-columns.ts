import type { RowPeople } from '$lib/model/row-people';
import type { Component } from 'svelte';
import { loadPart } from '../load-part';

/** The columns of people that a list has where somebody asked for them. */
export interface PeopleColumns<Row> {
	readonly Heads: Component;
	readonly Cells: Component<{ people: RowPeople | undefined }>;
	/** What is known of a row; undefined while it is counted. */
	of(row: Row): RowPeople | undefined;
	/** Sees to it that the people of these rows will be there. */
	need(rows: readonly Row[]): void;
}

/** What shows them: kept offline later than the lists, which are whole without it. */
export const peopleOfRows = __CLICKHOUSE__
	? null
	: loadPart(() => import('./people/PeopleOfRows.svelte').catch(() => null));
