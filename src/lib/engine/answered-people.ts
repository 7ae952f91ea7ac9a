import { countBits } from '../columns/bitmap';
import { type Audience } from '../model/figures';
import { type ValueSum } from './combinations';
import { OVERALL_SLOT } from './cells';
import type { Plan } from './plan';
import type { RangeIndex } from './range-index';
import type { CountedPeople } from './scan';

/** The people of an answer: of the whole range, and per slot of each bucket. */
export interface AnsweredPeople {
	readonly totals: Readonly<Record<Audience, number>>;
	readonly series: readonly Readonly<Record<Audience, Float64Array>>[];
}

/** The people that a scan counted. */
export function peopleOfScan({ met, engaged, series }: CountedPeople): AnsweredPeople {
	return { totals: { total_audience: countBits(met), engaged_audience: countBits(engaged) }, series };
}

/** The people of days without any event. */
export function nobody(buckets: number, slots: number): AnsweredPeople {
	const none = () => ({
		total_audience: new Float64Array(buckets),
		engaged_audience: new Float64Array(buckets)
	});
	return {
		totals: { total_audience: 0, engaged_audience: 0 },
		series: Array.from({ length: slots }, none)
	};
}

/**
 * The people that an index gives for the days of a plan.
 * @param own the values that have a slot each, in their order
 */
export function peopleOfIndex(
	index: RangeIndex,
	{ bucketDays }: Plan,
	own: readonly ValueSum[]
): AnsweredPeople {
	const slots = [OVERALL_SLOT, ...own.map((value) => index.slotOfValue[value.index] as number)];
	const last = bucketDays.length - 1;
	const ofAudience = (audience: Audience) => ({
		total: index.people(audience, OVERALL_SLOT, bucketDays[0]!, bucketDays[last]!),
		series: slots.map((slot) =>
			Float64Array.from({ length: last }, (_, bucket) =>
				index.people(audience, slot, bucketDays[bucket]!, bucketDays[bucket + 1]!)
			)
		)
	});
	const total = ofAudience('total_audience');
	const engaged = ofAudience('engaged_audience');
	return {
		totals: { total_audience: total.total, engaged_audience: engaged.total },
		series: slots.map((_, slot) => ({
			total_audience: total.series[slot]!,
			engaged_audience: engaged.series[slot]!
		}))
	};
}
