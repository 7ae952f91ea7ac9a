import { answerFor, pathsOf } from '../lib/offline/answer-for';
import type { PageMessage } from '../lib/offline/messages';
import { keepShared } from '../lib/offline/shared-files';
import { isImmutable, type SiteFiles } from '../lib/offline/site-files';
import { SiteCache } from './site-cache';

/**
 * The service worker: the whole site is kept, one version at a time, and answered from what is kept. It fetches
 * nothing but the files of its own site.
 */

declare const self: ServiceWorkerGlobalScope & {
	/** Put in front of this code by the build. */
	readonly tackboardFiles: SiteFiles;
};

const { scope } = self.registration;
const site = self.tackboardFiles;
const cache = new SiteCache(scope, site);
const paths = pathsOf(site);

self.addEventListener('install', (event) => event.waitUntil(cache.fetchFirst(navigator.languages)));

self.addEventListener('activate', (event) => {
	// The first version takes the page that brought it; a later one is activated when a page asks for it.
	event.waitUntil(cache.dropOlder().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
	const { type } = event.data as PageMessage;
	if (type === 'SKIP_WAITING') void self.skipWaiting();
	else if (type === 'FETCH_LATER') event.waitUntil(cache.fetchLater());
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const { method, url, mode } = request;
	const answer = answerFor(scope, paths, { method, url, isNavigation: mode === 'navigate' });
	if (answer === null) {
		// A page that is open still may want files of the version before.
		if (method === 'GET' && url.startsWith(scope) && isImmutable(url.slice(scope.length)))
			event.respondWith(cache.giveOlder(request));
	} else if ('give' in answer) event.respondWith(cache.give(answer.give, request));
	else if ('redirect' in answer) event.respondWith(Response.redirect(answer.redirect, 302));
	else event.respondWith(takeIn(request));
});

/** Keeps what was shared, and sends the browser on to the app, which looks for it. */
async function takeIn(request: Request): Promise<Response> {
	const form = await request.formData();
	const files = [...form.values()].filter((value): value is File => value instanceof File && value.size > 0);
	const text = ['text', 'title']
		.map((name) => form.get(name))
		.find((value) => typeof value === 'string' && value !== '');
	if (files.length === 0 && typeof text === 'string')
		files.push(new File([text], 'shared.csv', { type: 'text/csv' }));
	await keepShared(scope, files);
	return Response.redirect(scope, 303);
}
