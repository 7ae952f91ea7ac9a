import { DEFAULT_VIEW } from '$lib/view/address';
import type { Session } from './session.svelte';

const KEY = 'tackboard:zone-offer';

/** The question, asked once, whether days should be those of the browser's own time zone. */
export class ZoneOffer {
	#zone = $state<string | null>(null);

	/** The zone to offer, or null where there is nothing to ask. */
	get zone() {
		return this.#zone;
	}

	/** Whether to ask on the page that a session shows. Reported days are the platform's own, in no time zone. */
	isAskedOn({ phase, view, coverage }: Pick<Session, 'phase' | 'view' | 'coverage'>): boolean {
		const isOpen = phase === 'open' && view.tz === DEFAULT_VIEW.tz;
		return this.#zone !== null && isOpen && (coverage?.events ?? 0) > 0;
	}

	/** Looks whether to ask. Only on a live page. */
	look(): void {
		const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
		if (timeZone && timeZone !== DEFAULT_VIEW.tz && !isSettled()) this.#zone = timeZone;
	}

	/** The question is answered, either way. */
	settle(): void {
		this.#zone = null;
		try {
			localStorage.setItem(KEY, 'settled');
		} catch {
			// Storage can be forbidden: then it is asked again at the next visit.
		}
	}
}

function isSettled(): boolean {
	try {
		return localStorage.getItem(KEY) !== null;
	} catch {
		return false;
	}
}
