import type { Query } from '../model/query';
import { isOwn, ownColumn, LABEL } from '../model/dimension';
import { ownCountsOf, passingValues, sumsOf } from './query-sums';
import type { EngineData } from './engine-data';
import { pinMask } from './pin-mask';
import { MAX_SLOTS } from './cells';
import { compileFilter, type ValueSum } from './combinations';
import { ownTaskOf, passingOwnValues } from './own-values';
import { cutDays, type PinMask, type Plan } from './plan';
import { RangeIndex } from './range-index';
import { sumsByCode } from './series';

/**
 * While slots are counted, each person takes eight bytes a slot in every share: 128 MB at most. What takes more is counted
 * some slots at a time.
 */
const MOST_PEOPLE_AND_SLOTS = 16_000_000;

/**
 * Counts the people of all stored days under a query's filters, each value of its split apart.
 * @param plan by day, over all days that hold events
 * @param mostPeopleAndSlots people times slots that are counted at once
 * @returns null where the split has more values than slots, or there are too many people even for one slot
 */
export async function buildRangeIndex(
	query: Pick<Query, 'filter' | 'subject' | 'split'>,
	plan: Plan,
	data: EngineData,
	mostPeopleAndSlots = MOST_PEOPLE_AND_SLOTS
): Promise<RangeIndex | null> {
	const { filter, split } = query;
	const { accounts, scanners } = data;
	const pins = await pinMask(query, data);
	const { userCount } = await data.catalogue();
	const values = await valuesOfSplit(query, plan, data, pins);
	const slots = 1 + values.length;
	const slotsAtOnce = Math.floor(mostPeopleAndSlots / Math.max(userCount, 1));
	if (slots > MAX_SLOTS || slotsAtOnce === 0) return null;
	const slotOfValue = new Uint8Array(1 + Math.max(-1, ...values.map(({ index }) => index)));
	values.forEach(({ index }, i) => (slotOfValue[index] = 1 + i));
	const own = ownTaskOf(filter, data.own, split, slotOfValue);
	const lookedUp = own?.split ? Uint8Array.from({ length: slots }, (_, slot) => slot) : slotOfValue;
	const task = { filter, pins, accounts, split, own, slotOfValue: lookedUp, userCount };
	const shares = cutDays(plan, scanners.length);
	const count = async (from: number) => {
		const counted = { ...task, slots: { from, to: Math.min(from + slotsAtOnce, slots) } };
		const meetings = await Promise.all(shares.map((share, i) => scanners[i]!.meetings(share, counted)));
		return RangeIndex.of(plan.bucketDays[0]!, plan.buckets.length, meetings, slotOfValue);
	};
	const parts: [RangeIndex, ...RangeIndex[]] = [await count(0)];
	for (let from = slotsAtOnce; from < slots; from += slotsAtOnce) parts.push(await count(from));
	return RangeIndex.together(parts);
}

/** The values of the split among the events that pass in the plan's days, the largest first; none without a split. */
export async function valuesOfSplit(
	query: Pick<Query, 'filter' | 'subject' | 'split'>,
	plan: Plan,
	data: EngineData,
	pins: PinMask
): Promise<readonly ValueSum[]> {
	const { filter, split } = query;
	if (split === null || split === LABEL) return [];
	if (isOwn(split)) {
		const [counts] = await ownCountsOf([split], query, plan, data, pins);
		return passingOwnValues(counts!, data.own.get(ownColumn(split)!) ?? ['']);
	}
	const sums = await sumsOf(query, plan, data, pins, ownTaskOf(filter, data.own));
	return passingValues(split, sumsByCode(sums), data.accounts, compileFilter(filter, data.accounts));
}
