import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelIndex } from '../../src/lib/columns/label-index';
import { countPeriod } from '../../src/lib/engine/changes/amounts-of-events';
import { changesOfEvents } from '../../src/lib/engine/changes/changes-of-events';
import { labelsOfPins } from '../../src/lib/engine/changes/label-amounts';
import { ROWS_EACH_WAY } from '../../src/lib/engine/changes/part-changes';
import { DAYS_MEASURED_BY, unusualDays } from '../../src/lib/engine/changes/unusual-days';
import { addDays, daysBetween } from '../../src/lib/model/calendar';
import { LABEL, type OwnDimension } from '../../src/lib/model/dimension';
import { CHANGE_PARTS, type ChangePart, type PartChanges } from '../../src/lib/model/change';
import { isAudience } from '../../src/lib/model/figures';
import { EVENT_METRIC_IDS, METRICS, type EventMetricId } from '../../src/lib/model/metric';
import type { Filter } from '../../src/lib/model/query';
import { compareText } from '../../src/lib/model/text-order';
import { questionArbitrary } from '../support/drawn-questions';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import { inventFile } from '../support/invented-file';
import { INVENTED_ACCOUNTS } from '../support/invented-values';
import { inventLabels } from '../support/invented-labels';
import { readByBoth } from '../support/read-by-both';

/** Changes taken apart, against the SQL beside their definition. */

const SEED = 20_261_112;
const RUNS = 3;
const FIRST_DAY = '2024-03-20';
const OWN = { 'own.campaign': ['', 'spring', 'autumn', 'w'], 'own.country': ['', 'se', 'no'] } as const;
const FILES = [
	inventFile({
		...{ rows: 5_000, seed: 21, from: FIRST_DAY, to: '2024-11-05', order: 'by time' },
		own: OWN
	}),
	inventFile({ rows: 4_000, seed: 22, from: '2024-06-01', to: '2024-10-30', order: 'none' })
];
const COLUMNS: Readonly<Partial<Record<ChangePart, string>>> = {
	content_type: 'content_type',
	source: 'source',
	device: 'device',
	account: 'account',
	format: 'format',
	label: 'label',
	'own.campaign': '"own.campaign"',
	'own.country': '"own.country"',
	pin: 'pin_id',
	board: 'pin_board',
	link: 'pin_link'
};
const METRIC_IDS = EVENT_METRIC_IDS.filter((id) => !isAudience(id));

const { oracle, workspace } = await readByBoth(FILES, { own: ['own.campaign', 'own.country'] });

workspace.labels = inventLabels(workspace.catalogue());
await oracle.label(workspace.labels);

const day = fc.integer({ min: -5, max: 240 }).map((days) => addDays(FIRST_DAY, days));
const questions = questionArbitrary({
	day,
	whole: ['2024-01-01', '2025-02-28'],
	zones: ORACLE_ZONES,
	accounts: INVENTED_ACCOUNTS,
	own: OWN
});

const labels = labelsOfPins(new LabelIndex(workspace.labels, workspace.catalogue()));

async function takenApart(metric: EventMetricId, now: Filter, then: Filter) {
	const [a, b] = await Promise.all(
		[now, then].map((filter) => {
			const { plan, data } = workspace.prepare(filter, 'day');
			return countPeriod(filter, plan, data, metric);
		})
	);
	return changesOfEvents(metric, a!, b!, workspace.catalogue(), labels);
}

/** Equal to the last bit where whole numbers are added, else as near as doubles are. */
function expectNear(found: number, expected: number, isCount: boolean): void {
	if (isCount) expect(found).toBe(expected);
	else expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

describe(`changes (seed ${SEED})`, () => {
	const met = new Set<ChangePart>();

	it.each(METRIC_IDS)('of %s are made of what SQL says, and add up', async (metric) => {
		await fc.assert(
			fc.asyncProperty(questions, fc.constantFrom('previous', 'disjoint'), async ({ filter: now }, kind) => {
				const days = kind === 'previous' ? daysBetween(now.from, now.to) : 91;
				const then = { ...now, from: addDays(now.from, -days), to: addDays(now.to, -days) };
				const { total, parts } = await takenApart(metric, now, then);
				for (const part of parts) {
					met.add(part.part);
					await compareWithSql(metric, part, total.contribution!, now, then);
				}
			}),
			{ seed: SEED, numRuns: RUNS, endOnFailure: true }
		);
	});

	it('are of every part', () => {
		const parts: ChangePart[] = [...CHANGE_PARTS, LABEL, ...(Object.keys(OWN) as OwnDimension[])];
		expect(parts.filter((part) => !met.has(part))).toEqual([]);
	});

	async function compareWithSql(
		metric: EventMetricId,
		{ part, rows, rest }: PartChanges,
		change: number,
		now: Filter,
		then: Filter
	) {
		const isCount = METRICS[metric].unit === 'count';
		const expected = await oracle.contributions(metric, COLUMNS[part]!, now, then);
		const sizeOf = (name: string) => expected.get(name)!.own! + expected.get(name)!.mix!;
		for (const { name, contribution, ofRate, presence } of rows) {
			const sql = expected.get(name)!;
			expectNear(contribution!, sql.own! + sql.mix!, isCount);
			expect(presence).toBe(sql.presence);
			if (METRICS[metric].formula.kind === 'amount') continue;
			expectNear(ofRate!.own, sql.own!, false);
			expectNear(ofRate!.mix, sql.mix!, false);
		}
		if (part === LABEL) {
			expect(rest).toBeNull();
			expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(expected.keys()));
			return;
		}
		const sum = rows.reduce((sum, { contribution }) => sum + contribution!, rest?.contribution ?? 0);
		expectNear(sum, change, isCount);
		// Which rows are listed, and how many are left over.
		const names = [...expected.keys()].filter((name) => part !== 'link' || name !== '');
		const isListed = new Set(rows.map(({ name }) => name));
		if (part === 'pin' && isCount) {
			const order = names
				.filter((name) => sizeOf(name) !== 0)
				.sort((a, b) => Math.abs(sizeOf(b)) - Math.abs(sizeOf(a)) || compareText(a, b));
			const wanted = [1, -1].flatMap((side) =>
				order.filter((name) => Math.sign(sizeOf(name)) === side).slice(0, ROWS_EACH_WAY)
			);
			expect([...isListed].sort()).toEqual(wanted.sort());
		}
		expect(rest?.count ?? 0).toBe(names.filter((name) => !isListed.has(name)).length);
	}
});

describe('unusual days', () => {
	it('are those that SQL finds', async () => {
		const figure = fc.oneof(fc.nat(12), fc.nat(300), fc.nat(100_000));
		const steady = fc.nat({ max: 5_000 }).chain((base) => fc.nat({ max: 400 }).map((more) => base + more));
		let found = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(figure, steady),
				fc.oneof(
					fc.array(figure, { minLength: 1, maxLength: 8 }),
					fc.array(fc.integer({ min: 900, max: 1_100 }), { minLength: 3, maxLength: 8 })
				),
				async (value, weekdays) => {
					const values = new Float64Array(DAYS_MEASURED_BY + 1).fill(NaN);
					values[DAYS_MEASURED_BY] = value;
					weekdays.forEach((each, week) => (values[7 * week] = each));
					const isUnusual = unusualDays(20_000, values).length === 1;
					expect(isUnusual).toBe(await oracle.isUnusual(value, weekdays));
					if (isUnusual) found++;
				}
			),
			{ seed: SEED, numRuns: 300 }
		);
		expect(found).toBeGreaterThan(30);
	});
});
