import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MetricId } from '../../src/lib/model/metric';
import { CLUSTER_FOLDER } from './test-host';

/** What pages have to show, as the local engine works it out. */

export interface ExpectedView {
	/** The query part of its address. */
	readonly search: string;
	readonly tiles: Readonly<Partial<Record<MetricId, number | null>>>;
	/** The ids of Top Pins. */
	readonly pins: readonly string[];
}

export interface Expected {
	/** Of the host that the pages ask. */
	readonly url: string;
	readonly events: number;
	readonly overview: ExpectedView;
	readonly mobile: ExpectedView;
	readonly pin: ExpectedView & { readonly title: string };
	/** By the name in the menu, for the view of the overview. */
	readonly exports: Readonly<Record<string, string>>;
}

const FILE = join(CLUSTER_FOLDER, 'expected.json');

export async function readExpected(): Promise<Expected> {
	return JSON.parse(await readFile(FILE, 'utf8')) as Expected;
}

export async function writeExpected(expected: Expected): Promise<void> {
	await writeFile(FILE, JSON.stringify(expected));
}
