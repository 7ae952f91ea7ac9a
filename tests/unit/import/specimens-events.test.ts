import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRIC_IDS, metricValue } from '../../../src/lib/model/metric';
import { MemoryWorkspace, openQuery } from '../../support/memory-workspace';

/**
 * Every event file of tests/fixtures/specimens reads as expected.json says: how many rows are taken and rejected, sums
 * over all days, impressions by day, and what Pins are called.
 */

const FOLDER = new URL('../../fixtures/specimens/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file.startsWith('events-'));

/** What is said of a file; all else is a sum over all days in UTC. */
interface Expected {
	readonly kind: string;
	readonly accepted: number;
	readonly rejected: number;
	readonly by_day?: Readonly<Record<string, number>>;
	readonly pins?: Readonly<Record<string, { readonly pin_title: string }>>;
	readonly [sum: string]: unknown;
}

const expectations = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')) as Record<
	string,
	Expected
>;

async function read(file: string, { pins = {}, by_day: byDay = {}, ...sums }: Expected) {
	const workspace = new MemoryWorkspace();
	const { accepted, rejected } = await workspace.import(new Uint8Array(readFileSync(new URL(file, FOLDER))));
	const { totals, buckets, overall } = await workspace.answer(openQuery({ grain: 'day' }));
	const metrics = METRIC_IDS.filter((id) => id in sums).map((id) => [id, metricValue(id, totals)]);
	const days = buckets
		.map(({ day }, i) => [day, overall.impressions[i]])
		.filter(([, figure]) => figure !== 0);
	const catalogue = workspace.catalogue();
	const titles = Object.keys(pins).map((id) => [
		id,
		{ pin_title: catalogue.attribute('pin_title', catalogue.pinNumber(id)) }
	]);
	return {
		kind: 'events',
		accepted,
		rejected,
		...Object.fromEntries(metrics),
		by_day: Object.keys(byDay).length > 0 ? Object.fromEntries(days) : {},
		pins: Object.fromEntries(titles)
	} as unknown;
}

describe('an event file that people hold reads as it is to', () => {
	it('for as many files as there are', () => {
		expect(files.length).toBeGreaterThanOrEqual(8);
		expect(files.filter((file) => !(file in expectations))).toEqual([]);
	});

	it.each(files)('%s', async (file) => {
		const expected = expectations[file]!;
		expect(await read(file, expected)).toEqual({ by_day: {}, pins: {}, ...expected });
	});
});
