import { retentionShare, type PeopleOfRange, type Retention } from '../model/people';
import { columnsOf, type Column, type Row, type Table } from './table';

/**
 * New and returning people: a row a step, by its first day.
 * @param before of the days that are compared with, step beside step; null where nothing is
 */
export function peopleTable(now: PeopleOfRange, before: PeopleOfRange | null): Table {
	const names = ['new_people', 'returning_people'].flatMap((name) =>
		before ? [name, `${name}_before`] : [name]
	);
	const columns: Column[] = [{ name: 'date', type: 'day' }, ...columnsOf('number', names)];
	const rows = now.buckets.map(({ day }, i): Row => {
		const cells = (key: 'newByBucket' | 'returningByBucket') => {
			const own = now[key][i] as number;
			return before ? [own, before[key][i] ?? null] : [own];
		};
		return [day, ...cells('newByBucket'), ...cells('returningByBucket')];
	});
	return { columns, rows };
}

const RETENTION_COLUMNS: readonly Column[] = [
	{ name: 'cohort', type: 'day' },
	...columnsOf('number', ['people', 'step']),
	{ name: 'share', type: 'share' }
];

/** Retention: a row for each cohort and each week or month since that has ended. */
export function retentionTable({ cohorts }: Retention): Table {
	const rows = cohorts.flatMap((cohort) =>
		Array.from(cohort.returned, (_, step) => [cohort.day, cohort.people, step, retentionShare(cohort, step)])
	);
	return { columns: RETENTION_COLUMNS, rows };
}
