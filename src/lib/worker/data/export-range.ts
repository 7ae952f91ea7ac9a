import type { Segment } from '../../columns/segment';
import type { TextBlocks } from '../../columns/text-blocks';
import type { EngineData } from '../../engine/engine-data';
import { ownTaskOf } from '../../engine/own-values';
import { pinMask } from '../../engine/pin-mask';
import type { Plan } from '../../engine/plan';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import { narrowed } from '../../engine/scanner';
import type { AdsTables } from '../../model/ads';
import type { ListedPin } from '../../model/directory';
import type { InsightsSnapshot } from '../../model/insights';
import type { PeopleFigures } from '../../model/people';
import type { Query } from '../../model/query';
import type { ReportedPart } from './reported-part';

/** What is stored, and what exports alone read of it. */
export interface ExportData extends EngineData {
	readonly readSegments: () => Promise<readonly Segment[]>;
	readonly readUserIds: () => Promise<TextBlocks>;
	/** What is reported, and its part in the query; null where there is none. */
	readonly facts?: ResolvedFacts | null;
	readonly reported?: ReportedPart | null;
	/** What reports say of ads in the query's days; not set where its filters let no paid content pass. */
	readonly readAds?: () => Promise<AdsTables>;
	/** Who is new and who comes back; not set where the question is not about events. */
	readonly readPeople?: (compared: Query | null) => Promise<PeopleFigures>;
	/** Audience insights in the order of their import, and what directories say; nothing where they are not set. */
	readonly readSnapshots?: () => Promise<readonly InsightsSnapshot[]>;
	readonly readDirectory?: () => Promise<readonly ListedPin[]>;
}

/** A question, and what answers it. */
export interface ExportRange {
	readonly query: Query;
	/** By day. */
	readonly plan: Plan;
	readonly data: ExportData;
}

/** The segments of a range, without the rows that its filters by Pin and by columns of one's own leave out. */
export async function segmentsOf({ query, data }: ExportRange): Promise<readonly Segment[]> {
	const own = ownTaskOf(query.filter, data.own);
	return narrowed(await data.readSegments(), await pinMask(query, data), own);
}
