import { DEFAULT_VIEW, writeAddress } from '$lib/view/address';

/** The query part of the Overview's address in a workspace: nothing is filtered there but for the zone of its days. */
export function workspaceAddress(ws: string, tz: string): string {
	return writeAddress({ ...DEFAULT_VIEW, ws, tz });
}
