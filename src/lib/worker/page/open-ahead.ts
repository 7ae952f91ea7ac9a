import type { Coverage } from '../../model/query';
import { FIRST_KEY } from '../../model/workspace';
import dataWorkerUrl from '../data/data.worker?worker&url';
import type { DataCalls } from '../protocol';
import { Thread } from './client-thread';

/**
 * Opens the first workspace before anything asks for it: nearly every visit does, as soon as it is drawn. In a build this
 * module and what it imports are a file of their own, which pages run while the rest of the app is still being read.
 */

/** The data worker of a workspace that is being opened. */
export interface OpenedAhead {
	readonly data: Thread<DataCalls>;
	readonly opened: Promise<Coverage | null>;
}

let isBegun = false;
let ahead: OpenedAhead | null = null;

/** Opens it, unless that is begun. An address that names a workspace may mean another than the first. */
export function openAhead(): void {
	if (__CLICKHOUSE__ || isBegun || new URLSearchParams(location.search).has('ws')) return;
	isBegun = true;
	const data = new Thread<DataCalls>(dataWorkerUrl);
	const opened = data.call(null, 'open', { workspace: FIRST_KEY });
	opened.catch(() => {}); // reported to callers
	ahead = { data, opened };
}

/** What was opened, for the one that goes on with it; null for any other, and where nothing was. */
export function takeAhead(): OpenedAhead | null {
	const taken = ahead;
	ahead = null;
	return taken;
}

// At a first visit nothing is stored, and the page's own files come first; app.html has marked it.
if (!import.meta.env.SSR && document.documentElement.dataset.first === undefined) openAhead();
