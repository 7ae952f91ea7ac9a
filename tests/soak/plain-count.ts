import { pick, type Random } from '../../src/lib/import/sample-random';

/** Event files of invented rows, and their figures by going through the rows one by one: nothing of the app's engine. */

const EVENTS = [
	'impression',
	'impression',
	'impression',
	'closeup',
	'save',
	'link_click',
	'carousel_swipe'
] as const;
const DEVICES = ['mobile', 'tablet', 'desktop'] as const;
const CONTENTS = ['organic', 'paid'] as const;
/** From 1 April 2026 on. */
const DAYS = 90;
const PEOPLE = 3_000;
const PINS = 200;

export interface Row {
	readonly day: string;
	readonly event: (typeof EVENTS)[number];
	readonly pin: string;
	/** '' where it is not known. */
	readonly person: string;
	readonly device: (typeof DEVICES)[number];
	readonly content: (typeof CONTENTS)[number];
	readonly count: number;
}

export interface PlainFile {
	readonly name: string;
	readonly rows: readonly Row[];
	readonly text: string;
}

/** What the page is asked to show. */
export interface View {
	readonly tz: string;
	readonly device: Row['device'] | null;
	readonly content: Row['content'] | null;
	/** Null for all days. Other zones' days begin elsewhere, so with a zone there are none. */
	readonly days: { readonly from: string; readonly to: string } | null;
}

/** The tiles of the Overview. */
export interface Tiles {
	readonly impressions: number;
	readonly engagements: number;
	readonly total_audience: number;
	readonly engaged_audience: number;
}

function day(number: number): string {
	return new Date(Date.UTC(2026, 3, 1 + number)).toISOString().slice(0, 10);
}

/** A file that differs from all others by its number. */
export function plainFile(random: Random, number: number): PlainFile {
	const first = Math.floor(random() * DAYS);
	const span = 1 + Math.floor(random() * (DAYS - first));
	const rows = Array.from({ length: 20 + Math.floor(random() * 3_000) }, (): Row => ({
		day: day(first + Math.floor(random() * span)),
		event: pick(random, EVENTS),
		pin: `pin-${Math.floor(random() * PINS)}`,
		person: random() < 0.1 ? '' : `person-${Math.floor(random() * PEOPLE)}`,
		device: pick(random, DEVICES),
		content: pick(random, CONTENTS),
		count: 1 + Math.floor(random() * 9)
	}));
	const lines = rows.map(
		({ day, event, pin, person, device, content, count }) =>
			`${day}T12:00:00Z,${event},${pin},${person},${device},${content},${count},File ${number}`
	);
	const text = ['timestamp,event,pin_id,user_id,device,content_type,count,board', ...lines, ''].join('\n');
	return { name: `file-${number}.csv`, rows, text };
}

/** A view of any kind. */
export function anyView(random: Random): View {
	const from = Math.floor(random() * DAYS);
	const to = from + Math.floor(random() * (DAYS - from));
	const tz = random() < 0.3 ? pick(random, ['Asia/Tokyo', 'America/Lima', 'Europe/Stockholm']) : 'UTC';
	return {
		tz,
		device: random() < 0.4 ? pick(random, DEVICES) : null,
		content: random() < 0.4 ? pick(random, CONTENTS) : null,
		days: tz === 'UTC' && random() < 0.5 ? { from: day(from), to: day(to) } : null
	};
}

/** The query part of a view's address. */
export function searchOf({ tz, device, content, days }: View): string {
	const parts = days ? { from: days.from, to: days.to } : { range: 'all' };
	const search = new URLSearchParams(parts);
	if (tz !== 'UTC') search.set('tz', tz);
	if (device) search.set('device', device);
	if (content) search.set('content', content);
	return `?${search.toString()}`;
}

/** The tiles that a view of these rows must show, and the impressions of each Pin. */
export function plainCount(
	rows: Iterable<Row>,
	{ device, content, days }: View
): { tiles: Tiles; pins: Map<string, number> } {
	let impressions = 0;
	let engagements = 0;
	const people = new Set<string>();
	const engaged = new Set<string>();
	const pins = new Map<string, number>();
	for (const row of rows) {
		if (device !== null && row.device !== device) continue;
		if (content !== null && row.content !== content) continue;
		if (days && (row.day < days.from || row.day > days.to)) continue;
		const isImpression = row.event === 'impression';
		if (isImpression) impressions += row.count;
		else engagements += row.count;
		pins.set(row.pin, (pins.get(row.pin) ?? 0) + (isImpression ? row.count : 0));
		if (row.person === '') continue;
		people.add(row.person);
		if (!isImpression) engaged.add(row.person);
	}
	const audiences = { total_audience: people.size, engaged_audience: engaged.size };
	return { tiles: { impressions, engagements, ...audiences }, pins };
}
