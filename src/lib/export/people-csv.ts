import { csvRow } from '../model/csv-cell';
import { retentionShare, type PeopleOfRange, type Retention } from '../model/people';
import { CsvFile } from './csv-file';
import { plainNumber } from './plain-number';

/**
 * New and returning people as CSV: a row a step, by its first day.
 * @param before of the days that are compared with, step beside step; null where nothing is
 */
export function peopleCsv(now: PeopleOfRange, before: PeopleOfRange | null): Blob {
	const file = new CsvFile();
	const beside = (name: string) => (before ? [name, `${name}_before`] : [name]);
	file.write(csvRow(['date', ...beside('new_people'), ...beside('returning_people')]));
	now.buckets.forEach(({ day }, i) => {
		const cells = (key: 'newByBucket' | 'returningByBucket') => {
			const then = before?.[key][i];
			const own = plainNumber(now[key][i] as number);
			return before ? [own, then === undefined ? '' : plainNumber(then)] : [own];
		};
		file.write(csvRow([day, ...cells('newByBucket'), ...cells('returningByBucket')]));
	});
	return file.finish();
}

/** Retention as CSV: a row for each cohort and each week or month since that has ended. */
export function retentionCsv({ cohorts }: Retention): Blob {
	const file = new CsvFile();
	file.write(csvRow(['cohort', 'people', 'step', 'share']));
	for (const cohort of cohorts) {
		cohort.returned.forEach((_, step) => {
			const share = plainNumber(retentionShare(cohort, step) as number);
			file.write(csvRow([cohort.day, plainNumber(cohort.people), plainNumber(step), share]));
		});
	}
	return file.finish();
}
