import { csvRow, csvText } from '../model/csv-cell';
import { dayFromNumber, dayNumber } from '../model/calendar';
import { inventPins } from './sample-pins';
import { seededRandom } from './sample-random';

/**
 * An invented report on ads for the Pins of a generated event file (sample.ts), as Ads Manager writes one: a row a day
 * and ad. The same options give the same text on every platform.
 */
export interface SampleAdsOptions {
	readonly seed: number;
	/** Those of the event file. */
	readonly pins: number;
	readonly days: number;
	/** `YYYY-MM-DD`. */
	readonly lastDay: string;
}

const COLUMNS = [
	'Date',
	'Account currency',
	'Campaign name',
	'Ad group name',
	'Ad name',
	'Organic pin ID',
	'Spend in account currency',
	'Paid impressions',
	'Earned impressions',
	'Outbound clicks',
	'Total conversions (Checkout)',
	'Total order value (Checkout)'
];

/** Campaigns with their ad groups; a season is the months in which they run, from 1. */
const GROUPS = [
	{ campaign: 'All year round', group: 'For the kitchen', first: 1, last: 12 },
	{ campaign: 'All year round', group: 'For the hall', first: 1, last: 12 },
	{ campaign: 'Balcony spring', group: 'Small balconies', first: 3, last: 6 },
	{ campaign: 'Gift guide', group: 'Under 30', first: 10, last: 12 },
	{ campaign: 'Gift guide', group: 'For cooks', first: 10, last: 12 }
] as const;
const MICROS_PER_CENT = 10_000;

/** @throws RangeError where the last day is no date */
export function generateAdsReport({ seed, pins, days, lastDay }: SampleAdsOptions): string {
	const last = dayNumber(lastDay);
	if (last === null) throw new RangeError(`sample lastDay must be a date as YYYY-MM-DD: ${lastDay}`);
	const random = seededRandom(seed, 4);
	const upTo = (limit: number) => Math.floor(random() * limit);
	const own = inventPins(seed, pins, days).filter(
		({ source, firstDay }) => source === 'own' && firstDay === 0
	);
	const ads = GROUPS.map((group, i) => ({ ...group, pin: own[i % own.length]! }));
	let text = csvRow(COLUMNS);
	for (let number = last - days + 1; number <= last; number++) {
		const day = dayFromNumber(number);
		const month = Number(day.slice(5, 7));
		for (const { campaign, group, first, last: end, pin } of ads) {
			if (month < first || month > end) continue;
			const impressions = 400 + upTo(1_600);
			// Three to eight euros for a thousand impressions.
			const cents = Math.round((impressions * (3_000_000 + upTo(5_000_000))) / 1_000 / MICROS_PER_CENT);
			const clicks = Math.floor((impressions * (6 + upTo(12))) / 1_000);
			const checkouts = Math.floor((clicks * upTo(90)) / 1_000);
			const value = checkouts * (2_400 + upTo(4_000));
			const names = [campaign, group, pin.version.title].map(csvText);
			const counts = [impressions, Math.floor(impressions / 20), clicks, checkouts].map(String);
			text += csvRow([day, 'EUR', ...names, pin.id, inUnits(cents), ...counts, inUnits(value)]);
		}
	}
	return text;
}

/** Cents as an amount with two decimals. */
function inUnits(cents: number): string {
	return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
