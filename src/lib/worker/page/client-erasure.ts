import { ERASURE, type EraseProgress } from '../registry/registry-changes';

/** Calls back while some tab deletes everything. Returns the way to stop. */
export function onErasure(listener: (progress: EraseProgress) => void): () => void {
	const channel = new BroadcastChannel(ERASURE);
	channel.addEventListener('message', (event) => listener(event.data as EraseProgress));
	return () => channel.close();
}
