import type { Directory } from '../model/directory';
import type { ReportKind } from '../model/import-report';
import type { InsightsSnapshot } from '../model/insights';
import type { LabelledPin } from '../model/own-words';
import type { Rejection } from '../model/problem';
import type { DaySpan } from '../model/reported';
import { LEVEL, type FactColumns } from './fact-columns';
import type { RejectedBlock } from './rejected-block';

/** What a file that is no event file came to: facts, a directory, audience insights, or several of them. */
export interface ReportContents {
	readonly facts: FactColumns;
	readonly directory: Directory;
	readonly insights: readonly InsightsSnapshot[];
	/** Pins with labels of theirs; not set where the file is no list of labels. */
	readonly labels?: readonly LabelledPin[];
	/** The days that the file is about, whether or not it has a figure for each. */
	readonly covered: readonly DaySpan[];
	/** When the file says that it was made; null where it does not say. Milliseconds since 1970. */
	readonly exportedAt: number | null;
	readonly accepted: number;
	readonly rejected: number;
	/** The first rejections, in the order of the file. */
	readonly rejections: readonly Rejection[];
	/** All rejected rows, in the order of the file. */
	readonly rejectedRows: readonly RejectedBlock[];
	/** The names of the columns that rejected rows have. */
	readonly columns: readonly string[];
	/** Columns and figures that were kept out. */
	readonly unknownColumns: readonly string[];
	/** What the file says of itself: filters that are not ours too, and notes. For display only. */
	readonly title: string;
	readonly settings: readonly { readonly name: string; readonly value: string }[];
	readonly notes: readonly string[];
}

/** What a file is called by its contents: the first of figures, levels, insights and directory that it holds. */
export function reportKind({ facts, insights, directory, labels }: ReportContents): ReportKind {
	if (labels) return 'labels';
	if (facts.flags.some((flags) => (flags & LEVEL) === 0)) return 'figures';
	if (facts.flags.length > 0) return 'levels';
	if (insights.length > 0) return 'insights';
	return directory.pins.length + directory.boards.length > 0 ? 'directory' : 'figures';
}
