import { CLOSED_VALUES, EVENTS } from '../model/event';
import { pick, seededRandom, type Random } from './sample-random';

/** The invented Pins of the sample data: what they are called, where they hang, how people take to them. */

type Format = (typeof CLOSED_VALUES.format)[number];

/** What a Pin's rows say of it, for a stretch of time. */
export interface PinVersion {
	readonly title: string;
	/** '' where it is on no board. */
	readonly board: string;
	readonly format: Format;
}

export interface SamplePin {
	readonly id: string;
	readonly link: string;
	readonly source: (typeof CLOSED_VALUES.source)[number];
	/** '' where no account is claimed. */
	readonly account: string;
	readonly version: PinVersion;
	/** What its rows say from `changeDay` on, where it was edited. */
	readonly laterVersion: PinVersion | null;
	/** Days since the file's first day. */
	readonly firstDay: number;
	readonly changeDay: number;
	/** Share of its events that are paid, 0 to 1. */
	readonly paidShare: number;
	/** Length of the video in milliseconds; 0 where it is not one. */
	readonly videoMs: number;
	/** Relative frequency of each of EVENTS. */
	readonly eventWeights: readonly number[];
}

/** Accounts under a top-level domain that is set aside for examples; '' is a Pin without one. */
export const SAMPLE_ACCOUNTS = [
	'fernhill.example',
	'brod.example',
	'loft-and-loom.example',
	'pyssel.example',
	''
];

// One Pin in so many has the format: dealt out over every 25 ranks, so that the shares hold for few Pins as for many.
const FORMAT_DEAL: Readonly<Record<Format, number>> = {
	standard: 9,
	video: 6,
	carousel: 3,
	idea: 3,
	product: 3,
	collections: 1
};

const ADJECTIVES = ['small', 'calm', 'bright', 'slow', 'easy', 'warm', 'tiny', 'rustic', 'sunny', 'folded'];
const MORE_ADJECTIVES = [
	'painted',
	'woven',
	'low-waste',
	'weeknight',
	'rainy-day',
	'hand-sewn',
	'last-minute'
];
const THINGS = [
	'kitchen shelf',
	'rye bread',
	'linen curtain',
	'herb garden',
	'reading corner',
	'paper lantern',
	'oat cookies',
	'balcony bench',
	'wool blanket',
	'birthday cake',
	'plant stand',
	'tomato salad',
	'wall print',
	'hall mirror',
	'apron pattern',
	'smörgåstårta',
	'kanelbullar',
	'köksö',
	'gärdsgård',
	'crayfish party'
];
const ENDINGS = [
	'for very small rooms',
	'in half an hour',
	'on a tight budget',
	'with scraps you have',
	'for beginners',
	'before the first snow',
	'step by step'
];
const BOARDS = [
	'Small kitchens',
	'Bread',
	'Balcony',
	'Sewing',
	'Fika & baking',
	'Walls',
	'Garden',
	'Åland summer',
	'Home, not perfect',
	'Gifts',
	'Weeknights',
	'Kids',
	'Slow crafts',
	'Lighting',
	'Påsk',
	'Autumn table'
];

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function inventTitle(random: Random): string {
	const adjective = pick(random, random() < 0.6 ? ADJECTIVES : MORE_ADJECTIVES);
	const thing = pick(random, THINGS);
	const form = random();
	if (form < 0.3) return capitalised(`${adjective} ${thing}`);
	if (form < 0.45) return `${3 + Math.floor(random() * 40)} ${thing} ideas`;
	if (form < 0.76) return capitalised(`${thing} ${pick(random, ENDINGS)}`);
	if (form < 0.88) return capitalised(`${thing}, ${pick(random, THINGS)}`);
	if (form < 0.94) return `The "${adjective}" ${thing}`;
	return `${capitalised(thing)} 🌿`;
}

/** An id of 18 or 19 digits: too long for a double. */
function inventId(random: Random): string {
	const digits = random() < 0.6 ? 18 : 19;
	let id = String(1 + Math.floor(random() * 9));
	while (id.length < digits) id += Math.floor(random() * 10);
	return id;
}

function eventWeights(random: Random, format: Format): number[] {
	// Some Pins are looked at only, others saved or followed far more often.
	const liking = () => 0.4 + 1.2 * random();
	const weights: Readonly<Record<(typeof EVENTS)[number], number>> = {
		impression: 1,
		closeup: 0.12 * liking(),
		save: 0.07 * liking(),
		link_click: 0.05 * liking(),
		carousel_swipe: format === 'carousel' ? 0.35 * liking() : 0,
		video_play: format === 'video' ? liking() : 0
	};
	return EVENTS.map((event) => weights[event]);
}

/** Invents `count` Pins, the most popular first, for a file of `days` days. */
export function inventPins(seed: number, count: number, days: number): SamplePin[] {
	const random = seededRandom(seed, 1);
	const ids = new Set<string>();
	while (ids.size < count) ids.add(inventId(random));
	let deal: Format[] = [];
	return Array.from(ids, (id, rank) => {
		if (deal.length === 0) {
			deal = CLOSED_VALUES.format.flatMap((format) => Array<Format>(FORMAT_DEAL[format]).fill(format));
			for (let i = deal.length - 1; i > 0; i--) {
				const j = Math.floor(random() * (i + 1));
				[deal[i], deal[j]] = [deal[j]!, deal[i]!];
			}
		}
		const format = deal.pop()!;
		const source = random() < 0.78 ? 'own' : 'other';
		const account = source === 'other' && random() < 0.25 ? '' : pick(random, SAMPLE_ACCOUNTS.slice(0, -1));
		const version = {
			title: inventTitle(random),
			board: random() < 0.04 ? '' : pick(random, BOARDS),
			format
		};
		// The first Pin is there from the first day, so that there always is one to draw.
		const firstDay = rank === 0 || random() < 0.5 ? 0 : Math.floor(random() * days * 0.95);
		const changes = random() < 0.06;
		const laterVersion: PinVersion = {
			title: inventTitle(random),
			board: pick(random, BOARDS),
			format: format === 'standard' ? 'product' : format
		};
		const site = account === '' ? 'fernhill.example' : account;
		const page = Math.floor(random() * random() * 400);
		return {
			id,
			link: random() < 0.05 ? '' : `https://${site}/ideas/${page}`,
			source,
			account,
			version,
			laterVersion: changes ? laterVersion : null,
			firstDay,
			changeDay: firstDay + Math.floor(random() * (days - firstDay)),
			paidShare: random() < 0.12 ? 0.55 : 0.02,
			videoMs: format === 'video' ? 6_000 + Math.floor(random() * 84_000) : 0,
			eventWeights: eventWeights(random, format)
		};
	});
}
