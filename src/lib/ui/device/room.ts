/** Room on this machine, as the browser reports it. */
export interface Room {
	readonly usedBytes: number;
	readonly freeBytes: number;
}

/** Null where the browser does not say. */
export async function roomLeft(): Promise<Room | null> {
	const estimate = await navigator.storage?.estimate?.().catch(() => null);
	if (!estimate || estimate.quota === undefined) return null;
	const usedBytes = estimate.usage ?? 0;
	return { usedBytes, freeBytes: Math.max(0, estimate.quota - usedBytes) };
}
