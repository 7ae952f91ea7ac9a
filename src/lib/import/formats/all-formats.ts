import { adsReport } from './ads-report';
import { apiAccount } from './api-account';
import { apiPin } from './api-pin';
import { apiTopPins } from './api-top-pins';
import { delimited } from './delimited';
import type { Format, Head } from './format';
import { jsonArray, jsonLines, jsonUnderKey } from './json';
import { overviewExport } from './overview-export';
import { parquet } from './parquet';

/** Formats that are no text, in the order in which a file is held against them. */
const BINARY_FORMATS: readonly Format[] = [parquet];

/** Formats of text, likewise. The last takes whatever no other one knows. */
const TEXT_FORMATS: readonly Format[] = [
	overviewExport,
	apiTopPins,
	apiAccount,
	apiPin,
	adsReport,
	jsonUnderKey,
	jsonLines,
	jsonArray,
	delimited
];

/** The format of a file by its start; null where no format knows it. */
export function formatOf(head: Head, kind: 'binary' | 'text'): Format | null {
	const formats = kind === 'binary' ? BINARY_FORMATS : TEXT_FORMATS;
	return formats.find((format) => format.recognises(head)) ?? null;
}
