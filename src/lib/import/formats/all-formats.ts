import { pinsArchive } from './pins-archive';
import { audienceInsights } from './audience-insights';
import { delimited } from './delimited';
import type { Format, Head } from './format';
import { jsonArray, jsonLines, jsonUnderKey } from './json/json';
import { labelList } from './label-list';
import { overviewExport } from './overview-export';
import { parquet } from './parquet/parquet';
import { refused } from './refused';
import { delimitedFigures, jsonFigures } from './table';

/** Formats that are no text. */
const BINARY_FORMATS: readonly Format[] = [parquet];

const TEXT_FORMATS: readonly Format[] = [
	overviewExport,
	audienceInsights,
	labelList,
	pinsArchive,
	refused,
	jsonLines,
	jsonArray,
	jsonUnderKey,
	jsonFigures,
	delimitedFigures,
	delimited
];

/** The format with the highest score for a file's start, of equal ones the first; null where none reads it. */
export function formatOf(head: Head, kind: 'binary' | 'text'): Format | null {
	let best: Format | null = null;
	let most = 0;
	for (const format of kind === 'binary' ? BINARY_FORMATS : TEXT_FORMATS) {
		const score = format.score(head);
		if (score > most) [best, most] = [format, score];
	}
	return best;
}
