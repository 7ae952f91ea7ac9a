import { m } from '$lib/i18n/generated/messages.js';
import type { FileSource } from './guide-id';
import { PLATFORM_WORDS as WORDS } from './platform-words';

/** What is said of each source of files. */

interface SourceWords {
	/** A sentence for Named.svelte. */
	readonly title: () => string;
	readonly brings: () => string;
	/** Sentences for Named.svelte. */
	readonly steps: readonly (() => string)[];
}

export const SOURCE_WORDS: Readonly<Record<FileSource, SourceWords>> = {
	analytics: {
		title: () => WORDS.analytics,
		brings: m.files_analytics_brings,
		steps: [
			() => m.files_analytics_1({ overview: WORDS.overview }),
			() => m.files_analytics_2({ button: WORDS.button }),
			m.files_analytics_3,
			m.files_analytics_4
		]
	},
	insights: {
		title: () => WORDS.insights,
		brings: m.files_insights_brings,
		steps: [
			() => m.files_insights_1({ insights: WORDS.insightsPage }),
			m.files_insights_2,
			() => m.files_insights_3({ button: WORDS.button })
		]
	},
	ads: {
		title: () => WORDS.ads,
		brings: m.files_ads_brings,
		steps: [
			() => m.files_ads_1({ ads: WORDS.ads, reports: WORDS.reports }),
			m.files_ads_2,
			() => m.files_ads_3({ button: WORDS.button })
		]
	},
	api: {
		title: m.files_api,
		brings: m.files_api_brings,
		steps: [
			() => m.files_api_1({ address: WORDS.address }),
			() => m.files_api_2({ split: WORDS.split }),
			m.files_api_3
		]
	},
	request: {
		title: () => WORDS.request,
		brings: m.files_request_brings,
		steps: [
			() => m.files_request_1({ settings: WORDS.settings, request: WORDS.request }),
			m.files_request_2,
			m.files_request_3
		]
	},
	events: {
		title: m.files_events,
		brings: m.files_events_brings,
		steps: [m.files_events_1, m.files_events_2, m.files_events_3]
	}
};

/** After which step of a source something is listed: the exports worth having, the columns of events. */
export const LISTED_AFTER: Readonly<Partial<Record<FileSource, number>>> = { analytics: 2, events: 1 };
