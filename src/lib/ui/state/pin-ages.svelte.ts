import type { AgesRequest } from '$lib/model/life';
import type { Coverage } from '$lib/model/query';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';

/** The impressions of a range by the age of their Pins, asked for once per question and what is stored. */
export class PinAges {
	#newest = $state.raw<{
		readonly key: string;
		readonly of: Coverage;
		readonly sums: readonly number[] | null;
	} | null>(null);

	/** A sum for each of AGE_CLASSES; null while nothing is known, and where they cannot be known. */
	get sums(): readonly number[] | null {
		return this.#newest?.sums ?? null;
	}

	/** Whether the sums answer another question, or nothing was answered yet. */
	isOld(request: AgesRequest, coverage: Coverage): boolean {
		return this.#newest?.key !== keyOf(request) || this.#newest.of !== coverage;
	}

	/** @param coverage of what is stored: another one makes the sums old */
	async ask(
		signal: AbortSignal,
		client: WorkspaceClient,
		request: AgesRequest,
		coverage: Coverage
	): Promise<void> {
		try {
			const sums = await client.ages(signal, request);
			if (!signal.aborted) this.#newest = { key: keyOf(request), of: coverage, sums };
		} catch {
			// Asked again when the card comes near the view again.
		}
	}
}

/** The question itself: neither step nor order of a query matters. */
function keyOf({ query, allDays }: AgesRequest): string {
	return JSON.stringify([query.filter, allDays]);
}
