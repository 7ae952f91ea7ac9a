import type { Catalogue } from '../columns/catalogue';
import { kindOf } from '../columns/combination';
import type { Segment } from '../columns/segment';
import type { Dimension } from '../model/dimension';
import { AUDIENCES, isEngagement, type Audience } from '../model/figures';
import type { Filter, Query } from '../model/query';
import { answerQuery } from './answer';
import type { EngineData } from './engine-data';
import { peopleOfGroups, type PeopleOfGroups } from './changes/people-of-groups';
import { MAX_SLOTS } from './cells';
import { PASSES, compileFilter } from './combinations';
import { answerByLabel, isByLabel } from './label-split';
import type { Pace } from './pace';
import type { Plan } from './plan';

/** The people of single rows over a whole range, exactly. */

/** Both audiences. */
export type People = Readonly<Record<Audience, number>>;

/** The people of every Pin, board and link of a range. */
export class PeopleOfLists {
	readonly #catalogue: Catalogue;
	/** In the order of AUDIENCES. */
	readonly #people: readonly PeopleOfGroups[];
	#boards: ReadonlyMap<string, number> | null = null;
	#links: ReadonlyMap<string, number> | null = null;

	private constructor(catalogue: Catalogue, people: readonly PeopleOfGroups[]) {
		this.#catalogue = catalogue;
		this.#people = people;
	}

	/**
	 * One pass over the rows serves all lists; the engaged audience has one of its own, over far fewer.
	 * @param segments the plan's, of the Pins that count, as a question about columns of one's own sees them
	 */
	static async count(
		pace: Pace,
		filter: Filter,
		{ bucketStarts }: Plan,
		segments: readonly Segment[],
		catalogue: Catalogue
	): Promise<PeopleOfLists> {
		const { misses } = compileFilter(filter, catalogue.accounts);
		const range = { fromMs: bucketStarts[0] as number, toMs: bucketStarts.at(-1) as number };
		const { boards, links } = catalogue;
		const groups = [boards, links].map(({ names, ofPin }) => ({ count: names.length, ofPin }));
		const people: PeopleOfGroups[] = [];
		for (const audience of AUDIENCES) {
			const passes = (code: number) =>
				misses(code) === PASSES && (audience === 'total_audience' || isEngagement(kindOf(code)));
			people.push(await peopleOfGroups(pace, segments, range, passes, catalogue, groups));
		}
		return new PeopleOfLists(catalogue, people);
	}

	/** The people of a Pin by its id, or of a board or link by its name; none where it does not occur. */
	of(kind: 'pin' | 'board' | 'link', name: string): People {
		const catalogue = this.#catalogue;
		if (kind === 'pin') return this.#at(({ pins }) => pins, catalogue.pinNumber(name));
		if (kind === 'board') {
			this.#boards ??= numbersOf(catalogue.boards.names);
			return this.#at(({ groups }) => groups[0]!, this.#boards.get(name));
		}
		this.#links ??= numbersOf(catalogue.links.names);
		return this.#at(({ groups }) => groups[1]!, this.#links.get(name));
	}

	#at(countsOf: (people: PeopleOfGroups) => Float64Array, number = -1): People {
		const [total, engaged] = this.#people.map((people) => countsOf(people)[number] ?? 0);
		return { total_audience: total!, engaged_audience: engaged! };
	}
}

function numbersOf(names: readonly string[]): ReadonlyMap<string, number> {
	return new Map(names.map((name, number) => [name, number]));
}

const NOBODY: People = { total_audience: 0, engaged_audience: 0 };
/** So many values can be distinguished in one pass. */
const VALUES_AT_ONCE = MAX_SLOTS - 2;

/**
 * The people of some values of a dimension, and of all its other values together where `names` has null, which needs all
 * values of its own to be distinguished in one pass.
 * @param plan of the query, by whatever grain
 */
export async function peopleOfValues(
	query: Query,
	dimension: Dimension,
	names: readonly (string | null)[],
	plan: Plan,
	data: EngineData
): Promise<People[]> {
	const values = names.filter((name) => name !== null);
	if (values.length < names.length && values.length > VALUES_AT_ONCE)
		throw new Error('people of values: too many beside the rest');
	const found = new Map<string | null, People>();
	for (let first = 0; first === 0 || first < values.length; first += VALUES_AT_ONCE) {
		const some = values.slice(first, first + VALUES_AT_ONCE);
		const split = { split: dimension, splitFirst: some, splitLimit: some.length, top: 0, withVideo: false };
		const asked: Query = { ...query, ...split };
		const { answer } = await (isByLabel(asked) ? answerByLabel : answerQuery)(asked, inOneStep(plan), data);
		for (const { value, figures } of answer.series) {
			const at = (audience: Audience) => figures[audience][0] ?? 0;
			found.set(value, { total_audience: at('total_audience'), engaged_audience: at('engaged_audience') });
		}
	}
	return names.map((name) => found.get(name) ?? NOBODY);
}

/** The same plan with the whole range as its only step. */
function inOneStep(plan: Plan): Plan {
	const { buckets, bucketStarts, bucketDays } = plan;
	const last = buckets.length;
	return {
		...plan,
		buckets: buckets.slice(0, 1),
		bucketStarts: Float64Array.of(bucketStarts[0] as number, bucketStarts[last] as number),
		bucketDays: Int32Array.of(bucketDays[0] as number, bucketDays[last] as number)
	};
}
