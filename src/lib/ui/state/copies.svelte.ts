import type { CopyTimes } from '$lib/view/copy-reminder';

const NEVER: CopyTimes = { copiedAt: 0, dismissedAt: 0 };

/** When workspaces were copied out of this browser, as far as it has stored it. */
export class Copies {
	#changes = $state(0);

	/** @param key of the workspace's database */
	of(key: string): CopyTimes {
		void this.#changes;
		try {
			return { ...NEVER, ...(JSON.parse(localStorage.getItem(nameOf(key)) ?? '{}') as Partial<CopyTimes>) };
		} catch {
			return NEVER; // storage can be forbidden
		}
	}

	/** Notes that a copy was made or a reminder put off, at a time in milliseconds since 1970. */
	note(key: string, times: Partial<CopyTimes>): void {
		try {
			localStorage.setItem(nameOf(key), JSON.stringify({ ...this.of(key), ...times }));
		} catch {
			// The reminder comes again.
		}
		this.#changes++;
	}
}

function nameOf(key: string): string {
	return `tackboard:copied:${key}`;
}
