import { m } from '$lib/i18n/generated/messages.js';
import type { BatchSummary } from '$lib/model/import-report';
import { hasContents, pageOfRoute } from '$lib/view/page';

/** The pages of the header in its order, and the single key that leads to each. */
const PAGE_KEYS = [
	{ key: '1', route: '/', label: m.nav_overview },
	{ key: '2', route: '/video', label: m.nav_video },
	{ key: '7', route: '/changes', label: m.nav_changes },
	{ key: '8', route: '/people', label: m.nav_people },
	{ key: '5', route: '/audience', label: m.nav_audience },
	{ key: '6', route: '/ads', label: m.nav_ads },
	{ key: '3', route: '/data', label: m.nav_data },
	{ key: '4', route: '/definitions', label: m.nav_definitions }
] as const;

type PageKey = (typeof PAGE_KEYS)[number];

/** A page of the header. */
type LinkedPage = PageKey & {
	/** Set to its route while it is not known whether it has something to show. */
	readonly guess?: string;
};

// A host does not take changes apart.
const isThere = ({ route }: PageKey) => !(__CLICKHOUSE__ && route === '/changes');

/** Of these, the pages that have something to show of what is stored. */
export function pagesOf(batches: readonly BatchSummary[]): readonly LinkedPage[] {
	return PAGE_KEYS.filter((key) => isThere(key) && hasContents(pageOfRoute(key.route), batches));
}

/** All of them, while it is not known what is stored. */
export function guessedPages(): readonly LinkedPage[] {
	const hasAlways = new Set(pagesOf([]).map(({ route }) => route));
	return PAGE_KEYS.filter(isThere).map((key) =>
		hasAlways.has(key.route) ? key : { ...key, guess: key.route }
	);
}

/** The routes of pages that are in the header because of what is stored. */
export function routesBecauseOf(batches: readonly BatchSummary[]): readonly string[] {
	const hasAlways = new Set(pagesOf([]).map(({ route }) => route));
	return pagesOf(batches).flatMap(({ route }) => (hasAlways.has(route) ? [] : [route]));
}
