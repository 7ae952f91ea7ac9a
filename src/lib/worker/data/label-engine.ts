import { sumsOfLabels } from '../../engine/label-split';
import type { Counts } from '../../engine/pin-counts';
import { LABEL } from '../../model/dimension';
import type { LabelShares } from '../../model/own-words';
import type { Query } from '../../model/query';
import type { StoredAnswers } from './stored-answers';
import type { StoredData } from './stored-data';

/** What answers questions about labels, fetched with the first of them. */
export { beginByLabel } from '../../engine/label-split';

/** What was counted by Pin under all filters but that of labels. */
interface KnownCounts {
	readonly key: string;
	readonly batches: unknown;
	/** Null where reports have some of the days: they list Pins of some days only. */
	readonly counts: Counts | null;
}

/** The newest counts: another choice of labels looks at the same ones. */
const newest = new WeakMap<StoredData, KnownCounts>();

/**
 * The impressions of each label that occurs under a query's other filters, and of all Pins together; null where the
 * figures of single Pins are not known on every day.
 */
export async function labelShares(
	signal: AbortSignal,
	stored: StoredData,
	answers: StoredAnswers,
	query: Query
): Promise<LabelShares | null> {
	const index = await stored.labels();
	const counts = await countsUnderOthers(signal, stored, answers, query);
	if (!counts) return null;
	const { whole, values } = sumsOfLabels(index, counts);
	return { whole, values: values.map(({ name, impressions }) => [name, impressions]) };
}

async function countsUnderOthers(
	signal: AbortSignal,
	stored: StoredData,
	answers: StoredAnswers,
	query: Query
): Promise<Counts | null> {
	const { [LABEL]: labels = [], ...values } = query.filter.values;
	const { batches } = stored;
	const filter = { ...query.filter, values };
	const key = JSON.stringify([filter, query.subject]);
	const known = newest.get(stored);
	if (known?.key === key && known.batches === batches) return known.counts;
	// Without a label the answer on the page has counted them.
	const asked = labels.length === 0 ? query : { ...query, filter, split: null, top: 1, withVideo: false };
	const { answer, pins } = await answers.counted(signal, asked);
	const isOfEvents = answer.reportedDays === 0 || answer.days === answer.eventDays;
	const counts = isOfEvents ? pins : null;
	newest.set(stored, { key, batches, counts });
	return counts;
}
