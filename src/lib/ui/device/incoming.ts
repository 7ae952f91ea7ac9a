import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { takeShared } from '$lib/offline/shared-files';

/** Files that reach the installed app from outside its window. */

interface LaunchParams {
	readonly targetURL?: string;
	readonly files: readonly { getFile(): Promise<File> }[];
}

interface LaunchQueue {
	setConsumer(consumer: (params: LaunchParams) => void): void;
}

/** Hands over what was shared with the app or opened with it: at once, and whenever more comes. */
export async function takeIncoming(give: (files: readonly File[]) => void): Promise<void> {
	const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
	let isFirst = true;
	queue?.setConsumer((params) => {
		const wasFirst = isFirst;
		isFirst = false;
		if (params.files.length > 0) void openAll(params.files).then(give);
		// A launch that found this window open brings an address to go to; the first one is the page's own.
		else if (!wasFirst && params.targetURL) goThere(params.targetURL);
	});
	if ('caches' in globalThis)
		give(await takeShared(new URL(resolve('/'), location.href).href).catch(() => []));
}

async function openAll(handles: LaunchParams['files']): Promise<File[]> {
	const opened = await Promise.allSettled(handles.map((handle) => handle.getFile()));
	return opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

function goThere(url: string): void {
	const target = new URL(url);
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- an address of this app, given by the system
	if (target.origin === location.origin) void goto(target);
}
