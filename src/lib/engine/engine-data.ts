import type { Catalogue } from '../columns/catalogue';
import type { LabelIndex } from '../columns/label-index';
import type { PackedPinCounts } from '../columns/packed-pin-counts';
import type { PeriodSums } from '../columns/period-sums';
import { type DamagedPart } from '../model/answer';
import type { Query } from '../model/query';
import type { PinMask, Plan } from './plan';
import type { RangeIndex } from './range-index';
import { type Scanner } from './scanner';
import { type OwnNames } from './own-values';

/** What is stored, as an engine reads it. */
export interface EngineData {
	/** Names of the accounts, by their numbers. */
	readonly accounts: readonly string[];
	/** Columns of one's own and their values. */
	readonly own: OwnNames;
	/** Needed later than the accounts, and longer to read. */
	readonly catalogue: () => Promise<Catalogue>;
	/** The sums of all days of a zone; null where they are not kept. */
	readonly daySums: (tz: string) => Promise<PeriodSums | null>;
	/** What is known of the people under a query's filters, whatever its days; null where that has to be counted. */
	readonly rangeIndex: (query: Query) => RangeIndex | null;
	/** Those who read and count; each gets a share. */
	readonly scanners: readonly Scanner[];
	readonly damaged: readonly DamagedPart[];
	/** Which Pins bear which label; where it is not set, none does. */
	readonly labels?: () => Promise<LabelIndex>;
	/** Where set, the rows of these Pins alone count. */
	readonly onlyPins?: PinMask;
	/** The counts by Pin of all events, for a plan of all of them; null where they are not kept. */
	readonly allPins?: (plan: Plan) => PackedPinCounts | null;
}
