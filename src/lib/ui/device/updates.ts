import { resolve } from '$app/paths';
import type { PageMessage } from '$lib/offline/messages';
import { APP_LOCK } from '$lib/offline/app-lock';
import { scriptUrl } from '$lib/offline/script-url';
import { Workbox } from 'workbox-window';

/** New versions of the app: found, announced, and loaded when the user says so. */

export interface Updates {
	/** Goes on to the version that waits, as soon as nobody writes. */
	apply(): void;
}

interface Listeners {
	readonly onOffered: () => void;
	/** Another tab has gone on to a new version. */
	readonly onReplaced: () => void;
}

const HOUR_MS = 3_600_000;

/** Registers the service worker, and looks for a new one whenever the page is come back to, and every hour. */
export async function watchUpdates({ onOffered, onReplaced }: Listeners): Promise<Updates | null> {
	const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
	if (!workers || !import.meta.env.PROD) return null;
	const script = new URL('service-worker.js', new URL(resolve('/'), location.href));
	const workbox = new Workbox(scriptUrl(script.href));
	let isControlled = workers.controller !== null;
	let isApplying = false;

	workbox.addEventListener('waiting', onOffered);
	workers.addEventListener('controllerchange', () => {
		// The first version takes over the page that brought it: nothing has changed by that.
		if (!isControlled) isControlled = true;
		else if (isApplying) location.reload();
		else onReplaced();
	});
	const registration = await workbox.register({ immediate: true }).catch(() => undefined);
	if (!registration) return null; // forbidden, as in some private windows: it works online then

	void workers.ready.then(({ active }) => active?.postMessage({ type: 'FETCH_LATER' } satisfies PageMessage));
	// Offline there is nothing to be found.
	const look = () => void registration.update().catch(() => {});
	addEventListener('focus', look);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible') look();
	});
	setInterval(look, HOUR_MS);

	return {
		apply: () => {
			isApplying = true;
			// Held until this page is gone, so that no page of the old version starts to write meanwhile.
			void navigator.locks.request(APP_LOCK, () => {
				workbox.messageSkipWaiting();
				return new Promise(() => {});
			});
		}
	};
}
