import type { PinGroups } from '../../columns/catalogue';
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
	groupings: readonly PinGroups[],
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
		const { combinations, users } = segment;
		for (let row = start; row < end; row++)
			places[users[row] as number]! += isIn[combinations[row] as number] as number;
	}
	places[0] = 0; // rows without a person
	for (let user = 1; user < places.length; user++) places[user]! += places[user - 1] as number;
	const pinsOfPeople = new Uint32Array(places[userCount + 1] as number);
	for (const { segment, start, end, isIn } of stretches) {
		await pace();
		const { combinations, pins, users } = segment;
		for (let row = start; row < end; row++) {
			const user = users[row] as number;
			if (user === 0 || isIn[combinations[row] as number] === 0) continue;
			pinsOfPeople[--places[user]!] = pins[row] as number;
		}
	}
	const counts = [identity(pinCount), ...groupings.map(({ names, ofPin }) => counter(names.length, ofPin))];
	const ofLabels = counter(labels?.names.length ?? 0, NO_GROUPS);
	for (let first = 1; first <= userCount; first += PEOPLE_A_TURN) {
		await pace();
		const last = Math.min(first + PEOPLE_A_TURN, userCount + 1); // exclusive
		for (const count of counts) countPeople(pinsOfPeople, places, first, last, count);
		if (labels) countPeopleOfLabels(pinsOfPeople, places, first, last, labels, ofLabels);
	}
	const [pins, ...groups] = counts.map(({ people }) => people);
	return { pins: pins!, groups, labels: labels && ofLabels.people };
}

/** Counts the people of one grouping. */
interface Counter {
	readonly ofPin: Uint32Array;
	/** Per group whom it has met last; 0 for nobody. */
	readonly last: Uint32Array;
	readonly people: Float64Array;
}

const NO_GROUPS = new Uint32Array(0);

function counter(groups: number, ofPin: Uint32Array): Counter {
	return { ofPin, last: new Uint32Array(groups), people: new Float64Array(groups) };
}

/** Each Pin is a group of its own. */
function identity(pinCount: number): Counter {
	return counter(
		pinCount,
		Uint32Array.from({ length: pinCount }, (_, pin) => pin)
	);
}

/** @param places where the Pins of each person start; those of the last end where the next would start */
function countPeople(
	pinsOfPeople: Uint32Array,
	places: Uint32Array,
	firstUser: number,
	lastUser: number,
	{ ofPin, last, people }: Counter
): void {
	for (let user = firstUser; user < lastUser; user++) {
		const end = places[user + 1] as number;
		for (let at = places[user] as number; at < end; at++) {
			const group = ofPin[pinsOfPeople[at] as number] as number;
			if (last[group] === user) continue;
			last[group] = user;
			people[group]!++;
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
	{ last, people }: Omit<Counter, 'ofPin'>
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
