import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bornDays } from '../../src/lib/engine/born-days';
import { pinLives, sumByAge, type LivesTask } from '../../src/lib/engine/pin-lives';
import { cutDays } from '../../src/lib/engine/plan';
import { addDays, dayAt } from '../../src/lib/model/calendar';
import { COUNTS, type Count } from '../../src/lib/model/figures';
import { AGE_CLASSES } from '../../src/lib/model/life';
import type { EventMetricId } from '../../src/lib/model/metric';
import type { Filter } from '../../src/lib/model/query';
import { questionArbitrary } from '../support/drawn-questions';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import { Oracle } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { INVENTED_ACCOUNTS } from '../support/invented-values';
import { MemoryWorkspace, utf8 } from '../support/memory-workspace';

/** Lives of Pins against the SQL beside their definition. */

const SEED = 20_261_128;
const FIRST_DAY = '2024-03-20';
const LAST_DAY = '2024-11-05';
const FILES = [
	inventFile({ rows: 5_000, seed: 41, from: FIRST_DAY, to: LAST_DAY, order: 'by time' }),
	inventFile({ rows: 4_000, seed: 42, from: '2024-06-01', to: '2024-10-30', order: 'none' })
];
const METRIC_OF: Partial<Record<Count, EventMetricId>> = { watch_ms: 'total_watch_minutes' };

let oracle: Oracle;
const workspace = new MemoryWorkspace();

/** Says of every third Pin when it was made: long before its events, or in their midst. */
function creations(): Uint8Array {
	const catalogue = workspace.catalogue();
	const rows = Array.from({ length: Math.floor(catalogue.pinCount / 3) }, (_, i) => {
		const id = catalogue.pinId(3 * i).replaceAll('"', '""');
		const created = addDays(FIRST_DAY, ((i * 37) % 400) - 200);
		return `2024-07-0${1 + (i % 9)}T12:00,save,"${id}",${created}T${i % 2 ? '22:30' : '01:15'}Z`;
	});
	return utf8(['timestamp,event,pin_id,created_at', ...rows].join('\n'));
}

beforeAll(async () => {
	oracle = await Oracle.open();
	for (const bytes of FILES) {
		await oracle.import(bytes);
		await workspace.import(bytes);
	}
	const more = creations();
	const theirs = await oracle.import(more);
	const ours = await workspace.import(more);
	expect([ours.rejected, theirs.rejected]).toEqual([0, 0]);
	await oracle.settle();
}, 60_000);

afterAll(() => oracle.close());

/** All days that hold data. */
function wholeFilter(filter: Filter): Filter {
	const first = Math.min(...workspace.segments.map(({ firstMs }) => firstMs));
	const last = Math.max(...workspace.segments.map(({ lastMs }) => lastMs));
	return { ...filter, from: dayAt(first, filter.tz), to: dayAt(last, filter.tz) };
}

function daysOf(filter: Filter) {
	const { plan, data } = workspace.prepare(filter, 'day');
	const [share] = cutDays(plan, 1);
	return { segments: data.lists.segments, share: share!, firstDay: plan.bucketDays[0]! };
}

async function taskOf(figure: Count, filter: Filter): Promise<LivesTask> {
	const catalogue = workspace.catalogue();
	const born = await bornDays(() => {}, daysOf(wholeFilter(filter)), catalogue, filter.tz);
	return { figure, filter, accounts: catalogue.accounts, born };
}

const questions = questionArbitrary({
	day: fc.integer({ min: -5, max: 240 }).map((days) => addDays(FIRST_DAY, days)),
	whole: ['2024-01-01', '2025-02-28'],
	zones: ORACLE_ZONES,
	accounts: INVENTED_ACCOUNTS
});
const metricOf = (figure: Count) => METRIC_OF[figure] ?? (figure as EventMetricId);

describe(`the life of a Pin (seed ${SEED})`, () => {
	it('is what SQL says, by every figure that adds up', async () => {
		let growing = 0;
		await fc.assert(
			fc.asyncProperty(questions, fc.constantFrom(...COUNTS), async ({ filter }, figure) => {
				const all = wholeFilter(filter);
				const task = await taskOf(figure, all);
				const days = daysOf(all);
				const { halfAges, grows } = await pinLives(() => {}, days, task, 50);
				const expected = await oracle.lives(metricOf(figure), all);
				const catalogue = workspace.catalogue();
				const newest = days.firstDay + days.share.buckets.length - 1;
				for (let pin = 0; pin < catalogue.pinCount; pin++) {
					const life = expected.get(catalogue.pinId(pin));
					const halfAge = halfAges[pin] === -1 ? null : halfAges[pin];
					if (!life) expect(halfAge).toBeNull();
					else
						expect({ age: Math.max(0, newest - task.born[pin]!), halfAge, grows: grows[pin] === 1 }).toEqual({
							...life,
							age: Math.max(0, life.age)
						});
					growing += grows[pin]!;
				}
			}),
			{ seed: SEED, numRuns: 24, endOnFailure: true }
		);
		expect(growing).toBeGreaterThan(50);
	}, 120_000);

	it('puts figures of a range into the classes of age that SQL puts them in', async () => {
		await fc.assert(
			fc.asyncProperty(questions, async ({ filter }) => {
				const task = await taskOf('impressions', filter);
				const sums = await sumByAge(() => {}, daysOf(filter), task);
				const expected = await oracle.sumByAge('impressions', filter);
				expect(Array.from(sums)).toEqual(AGE_CLASSES.map(({ name }) => expected.get(name) ?? 0));
			}),
			{ seed: SEED, numRuns: 30, endOnFailure: true }
		);
	}, 120_000);
});
