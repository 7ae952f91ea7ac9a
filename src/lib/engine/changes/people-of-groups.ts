import { rowAt, type Segment } from '../../columns/segment';
import type { Pace } from '../pace';
import type { LabelsOfPins } from './label-amounts';

/** The people of Pins, and of groups of Pins, exactly. */
export interface PeopleOfGroups {
	/** By the number of the Pin. */
	readonly pins: Float64Array;
	/** Per grouping by the number of the group. */
	readonly groups: readonly Float64Array[];
	/** By the number of the label; null where there are none. */
	readonly labels: Float64Array | null;
}

/** Which group each Pin is in. */
export interface GroupsOfPins {
	/** How many groups there are. */
	readonly count: number;
	/** By the number of the Pin, the number of its group. */
	readonly ofPin: Uint32Array;
}

/** Rows of so many people are gone through at a time. */
const PEOPLE_A_TURN = 50_000;

/**
 * How many people each Pin, and each group of every grouping, has in a range. The rows that pass are put in order of their
 * person by counting (a counting sort); then one look at each person's Pins counts them in all of these at once.
 * @param passes whether rows of a combination count
 * @param userCount people with a number; a person's number plus one is at most this
 */
export async function peopleOfGroups(
	pace: Pace,
	segments: readonly Segment[],
	range: { readonly fromMs: number; readonly toMs: number },
	passes: (code: number) => boolean,
	{ pinCount, userCount }: { readonly pinCount: number; readonly userCount: number },
	groupings: readonly GroupsOfPins[],
	labels: LabelsOfPins | null = null
): Promise<PeopleOfGroups> {
	const stretches = segments.map((segment) => ({
		segment,
		start: rowAt(segment, range.fromMs),
		end: rowAt(segment, range.toMs),
		isIn: Uint8Array.from(segment.codes, (code) => (passes(code) ? 1 : 0))
	}));
	// Where each person's rows end; once they are placed, where they start.
	const places = new Uint32Array(userCount + 2);
	for (const { segment, start, end, isIn } of stretches) {
		await pace();
		countRows(places, segment, start, end, isIn);
	}
	places[0] = 0; // rows without a person
	for (let user = 1; user < places.length; user++) places[user]! += places[user - 1] as number;
	const pinsOfPeople = new Uint32Array(places[userCount + 1] as number);
	for (const { segment, start, end, isIn } of stretches) {
		await pace();
		placePins(pinsOfPeople, places, segment, start, end, isIn);
	}
	const ofPins = counter(pinCount);
	const groups = groupings.map(({ count, ofPin }) => ({ ofPin, ...counter(count) }));
	const ofLabels = counter(labels?.names.length ?? 0);
	for (let first = 1; first <= userCount; first += PEOPLE_A_TURN) {
		await pace();
		const last = Math.min(first + PEOPLE_A_TURN, userCount + 1); // exclusive
		countPeople(pinsOfPeople, places, first, last, ofPins, groups);
		if (labels) countPeopleOfLabels(pinsOfPeople, places, first, last, labels, ofLabels);
	}
	return {
		pins: ofPins.people,
		groups: groups.map(({ people }) => people),
		labels: labels && ofLabels.people
	};
}

/** Counts the rows of every person among rows [start, end). */
function countRows(
	places: Uint32Array,
	{ combinations, users }: Segment,
	start: number,
	end: number,
	isIn: Uint8Array
): void {
	for (let row = start; row < end; row++)
		places[users[row] as number]! += isIn[combinations[row] as number] as number;
}

/** Puts the Pins of rows [start, end) where those of their person are. */
function placePins(
	pinsOfPeople: Uint32Array,
	places: Uint32Array,
	{ combinations, pins, users }: Segment,
	start: number,
	end: number,
	isIn: Uint8Array
): void {
	for (let row = start; row < end; row++) {
		const user = users[row] as number;
		if (user === 0 || isIn[combinations[row] as number] === 0) continue;
		pinsOfPeople[--places[user]!] = pins[row] as number;
	}
}

/** Counts the people of Pins, or of one grouping. */
interface Counter {
	/** Per Pin or group whom it has met last; 0 for nobody. */
	readonly last: Uint32Array;
	readonly people: Float64Array;
}

function counter(count: number): Counter {
	return { last: new Uint32Array(count), people: new Float64Array(count) };
}

/** @param places where the Pins of each person start; those of the last end where the next would start */
function countPeople(
	pinsOfPeople: Uint32Array,
	places: Uint32Array,
	firstUser: number,
	lastUser: number,
	ofPins: Counter,
	groups: readonly (Counter & { readonly ofPin: Uint32Array })[]
): void {
	let at = places[firstUser] as number;
	for (let user = firstUser; user < lastUser; user++) {
		const end = places[user + 1] as number;
		for (; at < end; at++) {
			const pin = pinsOfPeople[at] as number;
			if (ofPins.last[pin] === user) continue; // its groups have met them too
			ofPins.last[pin] = user;
			ofPins.people[pin]!++;
			for (const { ofPin, last, people } of groups) {
				const group = ofPin[pin] as number;
				if (last[group] === user) continue;
				last[group] = user;
				people[group]!++;
			}
		}
	}
}

/** The same of labels, of which a Pin may bear several. */
function countPeopleOfLabels(
	pinsOfPeople: Uint32Array,
	places: Uint32Array,
	firstUser: number,
	lastUser: number,
	{ starts, labels }: LabelsOfPins,
	{ last, people }: Counter
): void {
	for (let user = firstUser; user < lastUser; user++) {
		const end = places[user + 1] as number;
		for (let at = places[user] as number; at < end; at++) {
			const pin = pinsOfPeople[at] as number;
			const lastOfPin = starts[pin + 1] as number;
			for (let place = starts[pin] as number; place < lastOfPin; place++) {
				const label = labels[place] as number;
				if (last[label] === user) continue;
				last[label] = user;
				people[label]!++;
			}
		}
	}
}
