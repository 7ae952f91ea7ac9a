import { forgetShared } from '$lib/offline/shared-files';

/** Everything that this origin keeps for the app outside its databases, but for the app itself. */
export async function eraseSettings(): Promise<void> {
	try {
		localStorage.clear();
		sessionStorage.clear();
	} catch {
		// Where storage is forbidden, nothing is in it.
	}
	if ('caches' in window) await forgetShared();
}
