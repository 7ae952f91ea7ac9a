import { m } from '$lib/i18n/generated/messages.js';

/** The pages that a single key leads to, in the order of the header. */
export const PAGE_KEYS = [
	{ key: '1', route: '/', label: m.nav_overview },
	{ key: '2', route: '/video', label: m.nav_video },
	{ key: '3', route: '/data', label: m.nav_data },
	{ key: '4', route: '/definitions', label: m.nav_definitions }
] as const;
