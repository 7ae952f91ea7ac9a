import type { Day } from './calendar';

/**
 * Words of one's own: notes on days, saved views, labels on Pins. Every item has an id of its own and the time of its last
 * change, so that two copies of a workspace can be joined item by item: the newer one counts.
 */

export const OWN_KINDS = ['notes', 'views', 'labels'] as const;
export type OwnKind = (typeof OWN_KINDS)[number];

/** What is written of them beside figures, in an archive of everything. */
export const OWN_CSV_KINDS = ['notes', 'labels'] as const satisfies readonly OwnKind[];
export type OwnCsvKind = (typeof OWN_CSV_KINDS)[number];

/** What every item has. */
interface OwnItem {
	/** A random UUID, the same in every copy of the workspace. */
	readonly id: string;
	/** Milliseconds since 1970; rises with every change of the item. */
	readonly changedAt: number;
}

/** A note on a day, or on a range of days. */
export interface Note extends OwnItem {
	readonly from: Day;
	/** The last day, included; the first one where it is a note on a day. */
	readonly to: Day;
	readonly text: string;
}

/** An address under a name. */
export interface SavedView extends OwnItem {
	readonly name: string;
	/** Route of the page, and the query part of its address, without the workspace's name: that may change. */
	readonly route: string;
	readonly search: string;
	/** Its place among the saved views; ties by id. */
	readonly place: number;
	/** Whether it is shown where the app is opened. At most one is. */
	readonly isFirstPage: boolean;
}

/** The Pin ids of a label that one file brought. */
export interface PinsOfFile {
	/** The file's, as that of its batch. */
	readonly fingerprint: string;
	readonly pinIds: readonly string[];
	/** As of items; where it is not set, it has not changed since it was imported by an earlier version. */
	readonly changedAt?: number;
}

/** A row of a list of labels. */
export interface LabelledPin {
	readonly label: string;
	readonly pinId: string;
}

/** Which Pins a label takes in by itself, later ones included. All parts that are set must hold. */
export interface LabelRule {
	/** Text that a Pin's title, link or board contains, in any case; '' for any Pin. */
	readonly words: string;
	/** First and last day of a Pin's creation, both included; null leaves that end open. */
	readonly createdFrom: Day | null;
	readonly createdTo: Day | null;
}

/** A label, and the Pins that bear it: those that are named, and those of its rule. */
export interface Label extends OwnItem, LabelRule {
	readonly name: string;
	/** Named by hand. */
	readonly pinIds: readonly string[];
	/** Pins taken out again leave an empty list, so that other copies of the workspace get it. */
	readonly ofFiles: readonly PinsOfFile[];
	/** When it was deleted, where that was taken back since. */
	readonly deletedAt?: number;
}

/** A label as lists show it. */
export interface LabelSummary extends OwnItem, LabelRule {
	readonly name: string;
	/** How many Pins are named, whether or not anything is stored of them. */
	readonly named: number;
}

/** What labels have of the impressions under all other filters; a Pin may bear several, so their sum may be more. */
export interface LabelShares {
	/** Of all Pins. */
	readonly whole: number;
	/** By label; '' stands for the Pins without one. */
	readonly values: readonly (readonly [label: string, impressions: number])[];
}

/** All items of a workspace, in the order in which they are shown. */
export interface OwnWords {
	readonly notes: readonly Note[];
	readonly views: readonly SavedView[];
	readonly labels: readonly LabelSummary[];
}

export const NO_OWN_WORDS: OwnWords = { notes: [], views: [], labels: [] };

/** What the user writes of a note, a view and a label. */
export type NoteText = Pick<Note, 'from' | 'to' | 'text'>;
export type ViewName = Pick<SavedView, 'name' | 'route' | 'search' | 'isFirstPage'>;
/** `pinIds` are all Pins that are named, whoever named them. */
export type LabelText = Pick<Label, 'name' | 'pinIds' | keyof LabelRule>;

/** A change of one item, or of the order of the views. An item whose id is not known yet is added. */
export type OwnChange =
	| { readonly kind: 'notes'; readonly id: string; readonly text: NoteText }
	| { readonly kind: 'views'; readonly id: string; readonly text: ViewName }
	| { readonly kind: 'labels'; readonly id: string; readonly text: LabelText }
	/** Names further Pins of a label, or takes them out. */
	| { readonly kind: 'pins'; readonly id: string; readonly pinIds: readonly string[]; readonly isIn: boolean }
	/** The views in their new order. */
	| { readonly kind: 'order'; readonly ids: readonly string[] }
	| { readonly kind: 'delete'; readonly of: OwnKind; readonly id: string }
	/** Takes a deletion back. */
	| { readonly kind: 'bring_back'; readonly item: OwnItemOf };

/** Whether figures may depend on a change. */
export function changesLabels(change: OwnChange): boolean {
	if (change.kind === 'delete') return change.of === 'labels';
	if (change.kind === 'bring_back') return change.item.of === 'labels';
	return change.kind === 'labels' || change.kind === 'pins';
}

/** An item with its kind, whole. */
export type OwnItemOf =
	| { readonly of: 'notes'; readonly item: Note }
	| { readonly of: 'views'; readonly item: SavedView }
	| { readonly of: 'labels'; readonly item: Label };

/** All Pins that a label names, each once. */
export function namedPins({ pinIds, ofFiles }: Pick<Label, 'pinIds' | 'ofFiles'>): readonly string[] {
	if (ofFiles.length === 0) return pinIds;
	return [...new Set([...pinIds, ...ofFiles.flatMap((file) => file.pinIds)])];
}

/** Whether a rule takes any Pin in: one without any part takes none. */
export function hasRule({ words, createdFrom, createdTo }: LabelRule): boolean {
	return words !== '' || createdFrom !== null || createdTo !== null;
}
