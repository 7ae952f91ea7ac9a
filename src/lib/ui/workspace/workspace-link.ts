import { resolve } from '$app/paths';
import { m } from '$lib/i18n/generated/messages.js';
import { DEFAULT_VIEW, writeAddress } from '$lib/view/address';

/** How workspaces are called on the page, and where links to them lead. */

/** @param name as it is stored: the first workspace may have none */
export function workspaceLabel(name: string): string {
	return name === '' ? m.workspace_first() : name;
}

/**
 * The Overview's path in a workspace: nothing is filtered there but for the zone of its days.
 * @param ws what addresses call the workspace
 */
export function workspacePath(ws: string, tz: string): string {
	return `${resolve('/')}${writeAddress({ ...DEFAULT_VIEW, ws, tz })}`;
}
