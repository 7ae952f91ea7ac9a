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

/** Of these, the pages that have something to show of what is stored. */
export function pagesOf(batches: readonly BatchSummary[]) {
	return PAGE_KEYS.filter(
		({ route }) =>
			// A host does not take changes apart.
			!(__CLICKHOUSE__ && route === '/changes') && hasContents(pageOfRoute(route), batches)
	);
}
