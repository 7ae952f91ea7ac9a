import type { PinAttributes, Presence } from './answer';
import type { AdsMetric } from './metric';
import type { AdsLevel } from './reported';

/** What reports say of campaigns, ad groups, ads and the Pins in them, over the days of a query. */

/** A figure of a row. */
export interface AdsFigure {
	/** In the row's own currency, where it is money; null where it has no value. */
	readonly value: number | null;
	/** Whether any of it is an estimate that a later report may put right. */
	readonly isEstimate: boolean;
	/** Of money, the code of the currency; '' where that is unknown, and for all that is no money. */
	readonly currency: string;
	/** The same in other currencies, which are never added up; in the order of spend. */
	readonly others: readonly { readonly currency: string; readonly value: number }[];
	/** Over the days that both ranges have; null where nothing is compared. */
	readonly compared: { readonly now: number | null; readonly then: number | null } | null;
}

export type AdsFigures = Readonly<Record<AdsMetric, AdsFigure>>;

/** A campaign, ad group or ad. */
export interface AdsRow {
	readonly level: AdsLevel;
	/** As the newest report names it; else its id. */
	readonly name: string;
	/** The place among the rows of the campaign or ad group that it is in; null where none is named. It comes before it. */
	readonly parent: number | null;
	readonly figures: AdsFigures;
	readonly presence: Presence;
}

/** A Pin that was in ads. */
export interface AdsPin extends PinAttributes {
	readonly pinId: string;
	/** Names of its campaigns. */
	readonly campaigns: readonly string[];
	readonly figures: AdsFigures;
	readonly presence: Presence;
}

/** What all campaigns of one currency come to; all that there is, where there is one currency. */
export interface AdsTotal {
	/** '' where it is unknown: of campaigns without money too. */
	readonly currency: string;
	readonly figures: AdsFigures;
}

/** A campaign that can be chosen. */
export interface AdsCampaign {
	readonly name: string;
	/** In which its figures are; '' for unknown. */
	readonly currency: string;
}

export interface AdsTables {
	/** Those with figures in the range, whichever are chosen; most spend first, a currency after the other. */
	readonly campaigns: readonly AdsCampaign[];
	/** The largest spend first, a currency after the other; what is in a row follows it. */
	readonly rows: readonly AdsRow[];
	/** One a currency, most spend first; none where there are no rows. */
	readonly totals: readonly AdsTotal[];
	/** In the same order as rows. */
	readonly pins: readonly AdsPin[];
}

/** Where no report has any of it. */
export const NO_ADS_TABLES: AdsTables = { campaigns: [], rows: [], totals: [], pins: [] };
