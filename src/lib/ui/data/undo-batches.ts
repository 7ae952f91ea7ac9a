import { problemOf, type Problem } from '$lib/model/problem';
import type { Session } from '../state/session.svelte';

/**
 * Takes batches back, one after the other.
 * @returns what went wrong; those before it stay taken back
 */
export async function undoBatches(session: Session, ids: readonly number[]): Promise<Problem | null> {
	// Another workspace may be on screen before the last of them.
	const { client, clients } = session;
	let problem: Problem | null = null;
	try {
		await clients.during(client, async () => {
			for (const id of ids) await client.undo(id);
		});
	} catch (error) {
		problem = problemOf(error);
	}
	try {
		await session.refresh();
	} catch (error) {
		problem ??= problemOf(error);
	}
	return problem;
}
