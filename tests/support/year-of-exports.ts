import { addDays, dayNumber, type Day } from '../../src/lib/model/calendar';

/** A year of the platform's own exports as people hold them: one file per metric and quarter, with invented figures. */

export interface ExportFile {
	readonly name: string;
	readonly text: string;
}

/** A metric as the platform names it, and about how much of it there is a day. */
const METRICS = {
	Impressions: 9_000,
	Engagement: 560,
	Saves: 190,
	'Pin clicks': 310,
	'Outbound clicks': 95,
	'Total audience': 5_200,
	'Engaged audience': 410
};
type ExportedMetric = keyof typeof METRICS;

const QUARTERS: readonly (readonly [from: Day, to: Day])[] = [
	['2025-12-01', '2026-02-28'],
	['2026-03-01', '2026-05-29'],
	['2026-06-03', '2026-08-31'],
	['2026-09-01', '2026-11-23']
];
/** Days of the last quarter that the platform left blank. */
const BLANK_DAYS: readonly Day[] = ['2026-11-07', '2026-11-08'];
const PINS = 30;
const BOARDS = ['kitchen-shelves', 'lamps-and-light', 'wall-art'];

/** The files of the year, oldest first; the last quarter lacks the engaged audience. */
export function yearOfExports(): ExportFile[] {
	return QUARTERS.flatMap((_, quarter) => quarterOfExports(quarter));
}

/** The files of one quarter, from 0. */
export function quarterOfExports(quarter: number): ExportFile[] {
	return (Object.keys(METRICS) as ExportedMetric[])
		.filter((metric) => quarter < QUARTERS.length - 1 || metric !== 'Engaged audience')
		.map((metric) => exportOf(metric, quarter));
}

/** One export. */
export function exportOf(metric: ExportedMetric, quarter: number): ExportFile {
	const [from, to] = QUARTERS[quarter]!;
	const title = `${from} - ${to}`;
	const lines = [
		...['Analytics overview', title, 'Claimed accounts,All Pins', 'Curated content,Not included', ''],
		`Date,${metric}`
	];
	for (let day = from; day <= to; day = addDays(day, 1)) lines.push(`${day},${figureOf(metric, day)}`);
	if (quarter === QUARTERS.length - 1)
		lines.push('"Data for the most recent days is an estimate, and may change."');
	lines.push(
		'',
		`Top Boards ${title}`,
		'Pinterest Link,Impressions,Engagement,Pin clicks,Outbound clicks,Saves'
	);
	BOARDS.forEach((board, i) =>
		lines.push(
			`https://www.pinterest.com/oakandlinen/${board}/,${[90_000, 5_400, 3_000, 900, 1_500].map((n) => n / (i + 1)).join(',')}`
		)
	);
	if (!metric.endsWith('audience')) {
		lines.push('', `Top Pins ${title}`, `Pinterest Link,Content Type,Source,Canonical,${metric}`);
		for (let pin = 0; pin < PINS; pin++)
			lines.push(
				`https://www.pinterest.com/pin/${1_091_700_765_947_216n + BigInt(pin)},Organic,From you,Yes,${Math.round((METRICS[metric] * 9) / (pin + 2))}`
			);
	}
	const name = `Pinterest Analytics overview ${from.replaceAll('-', '')}-${to.replaceAll('-', '')} ${metric}.csv`;
	return { name, text: `${lines.join('\n')}\n` };
}

/** More at the week's end; blank where the platform says nothing. */
function figureOf(metric: ExportedMetric, day: Day): string {
	if (BLANK_DAYS.includes(day)) return '';
	const number = dayNumber(day) as number;
	const isWeekend = (number + 3) % 7 > 4;
	return String(Math.round(METRICS[metric] * (1 + (isWeekend ? 0.3 : 0) + ((number * 37) % 20) / 100)));
}
