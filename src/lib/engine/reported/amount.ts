import type { Reported } from './question';

/** What is reported of a metric and period. */
export interface Amount extends Reported {
	/** The sum over the Pins that are known, there being no figure of the account. */
	readonly isOfPins: boolean;
	/** From figures that name no business account, where several are named and none of them has any. */
	readonly isOfUnnamed: boolean;
}

/** The two parts of a ratio. */
export interface AmountPair {
	readonly part: Amount;
	readonly whole: Amount;
}

/** A total as it stood on a day, by its number: the newest, where those of several business accounts are added up. */
export interface LevelAmount extends Amount {
	readonly day: number;
}

/** A figure of the account or of a subject itself, of a named business account or of the only one. */
export function plainAmount(reported: Reported | null): Amount | null {
	return reported && { ...reported, isOfPins: false, isOfUnnamed: false };
}
