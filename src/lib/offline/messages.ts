/** What a page says to the service worker. */
export type PageMessage =
	/** The waiting version is to take over. The name is that of workbox-window. */
	| { readonly type: 'SKIP_WAITING' }
	/** Nothing else is going on: the rest of the site may be fetched. */
	| { readonly type: 'FETCH_LATER' };
