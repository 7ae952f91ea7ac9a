import type { PinGroups } from '../columns/catalogue';
import { rowAt, type Segment } from '../columns/segment';
import type { Pace } from './pace';

/** The people of Pins, and of groups of Pins, exactly. */
export interface PeopleOfGroups {
	/** By the number of the Pin. */
	readonly pins: Float64Array;
	/** Per grouping by the number of the group. */
	readonly groups: readonly Float64Array[];
}

/** A Pin of a person, and above it in which audiences they are there by that row. */
const AUDIENCE_BITS = 2;
const MOST_PINS = 1 << (32 - AUDIENCE_BITS);

/** Rows of so many people are gone through at a time. */
const PEOPLE_A_TURN = 50_000;

/**
 * How many people each Pin, and each group of every grouping, has in a range, for one or two audiences at once. The rows that
 * count are put in order of their person by counting (a counting sort); then one look at each person's Pins counts them in all
 * of these at once.
 * @param audiencesOf a bit for each audience that the rows of a combination count in; 0 for rows that do not count
 * @param audiences how many audiences there are
 * @param userCount people with a number; a person's number plus one is at most this
 */
export async function peopleOfGroups(
	pace: Pace,
	segments: readonly Segment[],
	range: { readonly fromMs: number; readonly toMs: number },
	audiencesOf: (code: number) => number,
	audiences: number,
	{ pinCount, userCount }: { readonly pinCount: number; readonly userCount: number },
	groupings: readonly PinGroups[]
): Promise<readonly PeopleOfGroups[]> {
	if (audiences > AUDIENCE_BITS || pinCount > MOST_PINS) throw new Error('people of groups: too many');
	const stretches = segments.map((segment) => ({
		segment,
		start: rowAt(segment, range.fromMs),
		end: rowAt(segment, range.toMs),
		audiencesOfCode: Uint8Array.from(segment.codes, audiencesOf)
	}));
	// Where each person's rows end; once they are placed, where they start.
	const places = new Uint32Array(userCount + 2);
	for (const { segment, start, end, audiencesOfCode } of stretches) {
		await pace();
		const { combinations, users } = segment;
		const counts = audiencesOfCode.map((bits) => (bits === 0 ? 0 : 1));
		for (let row = start; row < end; row++)
			places[users[row] as number]! += counts[combinations[row] as number] as number;
	}
	places[0] = 0; // rows without a person
	for (let user = 1; user < places.length; user++) places[user]! += places[user - 1] as number;
	const pinsOfPeople = new Uint32Array(places[userCount + 1] as number);
	for (const { segment, start, end, audiencesOfCode } of stretches) {
		await pace();
		const { combinations, pins, users } = segment;
		for (let row = start; row < end; row++) {
			const user = users[row] as number;
			const bits = audiencesOfCode[combinations[row] as number] as number;
			if (user === 0 || bits === 0) continue;
			pinsOfPeople[--places[user]!] = ((pins[row] as number) << AUDIENCE_BITS) | bits;
		}
	}
	const ofAudience = Array.from({ length: audiences }, () => [
		identity(pinCount),
		...groupings.map(({ names, ofPin }) => counter(names.length, ofPin))
	]);
	for (let first = 1; first <= userCount; first += PEOPLE_A_TURN) {
		await pace();
		const last = Math.min(first + PEOPLE_A_TURN, userCount + 1); // exclusive
		ofAudience.forEach((counters, audience) => {
			for (const each of counters) countPeople(pinsOfPeople, places, first, last, 1 << audience, each);
		});
	}
	return ofAudience.map((counters) => {
		const [pins, ...groups] = counters.map(({ people }) => people);
		return { pins: pins!, groups };
	});
}

/** Counts the people of one grouping. */
interface Counter {
	readonly ofPin: Uint32Array;
	/** Per group whom it has met last; 0 for nobody. */
	readonly last: Uint32Array;
	readonly people: Float64Array;
}

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

/**
 * @param places where the Pins of each person start; those of the last end where the next would start
 * @param bit of the audience
 */
function countPeople(
	pinsOfPeople: Uint32Array,
	places: Uint32Array,
	firstUser: number,
	lastUser: number,
	bit: number,
	{ ofPin, last, people }: Counter
): void {
	for (let user = firstUser; user < lastUser; user++) {
		const end = places[user + 1] as number;
		for (let at = places[user] as number; at < end; at++) {
			const found = pinsOfPeople[at] as number;
			const group = ofPin[found >>> AUDIENCE_BITS] as number;
			if ((found & bit) === 0 || last[group] === user) continue;
			last[group] = user;
			people[group]!++;
		}
	}
}
