/** One of several businesses that are kept apart, each in a database of its own. */
export interface Workspace {
	/** Names its database; never changes. */
	readonly key: string;
	/** What people call it, and how an address names it; '' for the first one until it is named. */
	readonly name: string;
}

/** The key of the first workspace, which is always there. */
export const FIRST_KEY = 'main';

/** More characters than this are no name. */
export const MAX_NAME_LENGTH = 60;

/**
 * The workspace that an address means, or null where there is none: '' is the first, else the one of that name, else
 * the one that was made under it, so that links outlive a renaming.
 * @param all the first one first
 */
export function workspaceOf(name: string, all: readonly Workspace[]): Workspace | null {
	if (name === '') return all[0] ?? null;
	return all.find((each) => each.name === name) ?? all.find((each) => each.key === name) ?? null;
}

/** What an address calls a workspace: nothing for the first one. */
export function addressName(workspace: Workspace, all: readonly Workspace[]): string {
	return workspace.key === all[0]?.key ? '' : workspace.name;
}
