import type { Catalogue } from '../columns/catalogue';
import { packPinCounts, type PackedPinCounts } from '../columns/packed-pin-counts';
import { NO_VALUES, type Query } from '../model/query';
import { PLAYS_COLUMN, WATCH_COLUMN, pinShift } from './lookup';
import type { PinMask, Plan } from './plan';
import { assign, scanAll, type Scanner } from './scanner';
import type { Counts } from './pin-counts';

/** Counts by Pin of all events together, whatever the zone: what the lists of all days are made of. */

const SAME_SLOTS = new Uint8Array(0);

interface PinData {
	readonly accounts: readonly string[];
	readonly catalogue: () => Promise<Catalogue>;
	readonly scanners: readonly Scanner[];
}

/** @param plan one of all events */
export async function countAllPins(
	plan: Plan,
	tz: string,
	{ accounts, catalogue, scanners }: PinData
): Promise<PackedPinCounts> {
	const { pinCount } = await catalogue();
	const { pins } = await scanAll(plan, assign(plan, scanners), {
		filter: { tz, from: '', to: '', values: NO_VALUES },
		pins: null,
		accounts,
		split: null,
		own: null,
		slotOfValue: SAME_SLOTS,
		slots: 1,
		withVideo: true,
		pinCount,
		userCount: null
	});
	return packPinCounts(pins, pinShift(true), WATCH_COLUMN + 1);
}

/** Whether a question is about all Pins and values; of its days it says nothing. */
export function isOfEverything(
	{ filter: { values } }: Pick<Query, 'filter'>,
	mask: PinMask,
	own: unknown
): boolean {
	return (
		mask === null && own === null && Object.values(values).every((wanted) => (wanted ?? []).length === 0)
	);
}

/**
 * The counts as a scan leaves them.
 * @param pinCount how many Pins there are by now; reports may have brought more
 */
export function unpackAllPins(packed: PackedPinCounts, pinCount: number, withVideo: boolean): Counts {
	const shift = pinShift(withVideo);
	const counts = new Float64Array(pinCount << shift);
	packed.forEach((values, column) => {
		if (!withVideo && column === WATCH_COLUMN) return;
		const to = withVideo ? column : Math.min(column, PLAYS_COLUMN);
		for (let pin = 0; pin < values.length; pin++) counts[(pin << shift) + to]! += values[pin] as number;
	});
	return { withVideo, counts };
}
