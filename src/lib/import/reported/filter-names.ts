import type { NativeDimension } from '../../model/event';
import type { ReportedFilters } from '../../model/reported';
import { plainName } from '../cells/plain-name';

/** What platforms call our filters and their values. */

const DIMENSION_OF: Readonly<Record<string, NativeDimension>> = {
	contenttype: 'content_type',
	source: 'source',
	device: 'device',
	devicetype: 'device',
	apptype: 'device',
	account: 'account',
	claimedaccount: 'account',
	format: 'format',
	pinformat: 'format'
};

/** Of closed lists, by plainName. */
const VALUE_OF: Readonly<Record<Exclude<NativeDimension, 'account'>, Readonly<Record<string, string>>>> = {
	content_type: { organic: 'organic', paid: 'paid', earned: 'paid', paidandearned: 'paid' },
	source: {
		own: 'own',
		fromyou: 'own',
		yourpins: 'own',
		ownpins: 'own',
		other: 'other',
		notfromyou: 'other',
		otherpins: 'other'
	},
	device: { mobile: 'mobile', tablet: 'tablet', desktop: 'desktop', web: 'desktop', unknown: 'unknown' },
	format: {
		standard: 'standard',
		regular: 'standard',
		image: 'standard',
		video: 'video',
		carousel: 'carousel',
		idea: 'idea',
		story: 'idea',
		product: 'product',
		shopping: 'product',
		collection: 'collections',
		collections: 'collections'
	}
};

const ALL = new Set(['', 'all', 'allpins', 'allaccounts', 'alldevices', 'allformats', 'allsources', 'total']);

/** The dimension that a header or a line of a preamble names, or null. */
export function dimensionNamed(name: string): NativeDimension | null {
	const plain = plainName(name);
	return ownOf(DIMENSION_OF, plain) ?? ownOf(DIMENSION_OF, plain.replace(/s$/, '')) ?? null;
}

/** The value that a text stands for: `[]` for all of them, null where it is not known. */
export function valueNamed(dimension: NativeDimension, text: string): readonly string[] | null {
	const plain = plainName(text);
	if (ALL.has(plain)) return [];
	if (dimension === 'account') return [text.trim()];
	const values = VALUE_OF[dimension];
	const value = ownOf(values, plain) ?? ownOf(values, plain.replace(/(content|pins?)$/, ''));
	return value === undefined ? null : [value];
}

/** The filters that a key of a split answer stands for (`MOBILE`, `YOUR_PINS`, `ADS_VIDEO`), or null. */
export function filtersNamed(key: string): ReportedFilters | null {
	const plain = plainName(key);
	if (ALL.has(plain)) return {};
	for (const dimension of ['device', 'source', 'content_type', 'format'] as const) {
		const value = ownOf(VALUE_OF[dimension], plain);
		if (value !== undefined) return { [dimension]: [value] };
	}
	// Formats are also split together with what they are: organic or an advertisement.
	const parts = /^(organic|ads|paid)(\p{L}+)$/u.exec(plain);
	const format = ownOf(VALUE_OF.format, parts?.[2] ?? '');
	if (!parts || format === undefined) return null;
	return { content_type: [parts[1] === 'organic' ? 'organic' : 'paid'], format: [format] };
}

function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}
