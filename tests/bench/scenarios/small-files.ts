import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayFromNumber } from '../../../src/lib/model/calendar';
import { importFiles, openApp } from '../app';
import { withFreshProfile } from '../browser-profile';
import type { Scenario } from '../scenario';

const MANY = 1_000;
const EVENTS_A_FILE = 20;
/** What an account exports in a year: seven metrics, at most 90 days at a time. */
const METRICS = [
	'Impressions',
	'Engagement',
	'Pin clicks',
	'Outbound clicks',
	'Saves',
	'Video views',
	'Audience'
];
const QUARTERS = 4;
const DAYS_A_QUARTER = 90;
const FIRST_DAY = 20_000; // 2024-10-04

interface TextFile {
	readonly name: string;
	readonly text: string;
}

function eventFile(index: number): TextFile {
	const day = dayFromNumber(FIRST_DAY + (index % 365));
	const rows = Array.from(
		{ length: EVENTS_A_FILE },
		(_, row) => `${day}T${String(row).padStart(2, '0')}:00:00Z,impression,${100 + row},person-${index}-${row}`
	);
	return {
		name: `events-${index}.csv`,
		text: `timestamp,event,pin_id,user_id\n${rows.join('\n')}\n`
	};
}

function overviewExport(name: string, metric: string, first: number, days: number, factor: number): TextFile {
	const [from, to] = [dayFromNumber(first), dayFromNumber(first + days - 1)];
	const series = Array.from({ length: days }, (_, day) => `${dayFromNumber(first + day)},${factor + day}`);
	const pins = Array.from(
		{ length: 50 },
		(_, pin) =>
			`https://www.pinterest.com/pin/10917007659470${10_000 + pin}/,Organic,From you,Yes,${factor + pin}`
	);
	const text = [
		...['Analytics overview', `${from} - ${to}`, 'Claimed accounts,All Pins', ''],
		...[`Date,${metric}`, ...series, ''],
		...[`Top Pins ${from} - ${to}`, `Pinterest Link,Content Type,Source,Canonical,${metric}`, ...pins]
	];
	return { name, text: `${text.join('\n')}\n` };
}

const sides: readonly (readonly [string, () => TextFile[]])[] = [
	[
		'28 exports of a year',
		() =>
			METRICS.flatMap((metric, place) =>
				Array.from({ length: QUARTERS }, (_, quarter) =>
					overviewExport(
						`${metric}-${quarter}.csv`,
						metric,
						FIRST_DAY + quarter * DAYS_A_QUARTER,
						DAYS_A_QUARTER,
						1_000 * place + quarter
					)
				)
			)
	],
	['1,000 files of events', () => Array.from({ length: MANY }, (_, index) => eventFile(index))],
	[
		'1,000 exports',
		() =>
			Array.from({ length: MANY }, (_, index) =>
				overviewExport(`export-${index}.csv`, METRICS[index % 5] ?? '', FIRST_DAY + index, 7, index)
			)
	]
];

export const smallFilesScenario: Scenario = {
	name: 'small-files',
	about: `Many small files in one drop, from the choice of the files until their figures are on screen: a year of exports, and
${MANY.toLocaleString('en')} files of ${EVENTS_A_FILE} events or of a week's figures.`,
	isOptional: true,
	run: async (bench) => {
		const folder = await mkdtemp(join(tmpdir(), 'tackboard-bench-small-files-'));
		try {
			for (const [side, make] of sides) {
				const files = make();
				for (const { name, text } of files) await writeFile(join(folder, name), text);
				const paths = files.map(({ name }) => join(folder, name));
				for (let run = 0; run <= bench.runs; run++) {
					await withFreshProfile(async (context) => {
						const app = await openApp(context, bench.site);
						const { readyMs } = await importFiles(app, paths);
						if (run > 0 || bench.runs === 1)
							bench.measures.add('choice of files to figures', 'ms', readyMs, side);
					});
				}
			}
		} finally {
			await rm(folder, { recursive: true });
		}
	}
};
