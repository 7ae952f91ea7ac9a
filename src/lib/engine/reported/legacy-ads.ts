import type { FactBlocks } from './fact-blocks';
import type { FactEntries } from './fact-entries';
import { ACCOUNT, NO_ADS, SUBJECT_KINDS, type FactIdentity } from './fact-identity';
import { ENTRIES_PER_TURN } from './radix-order';

/** The format that the second version of the database gave reports on ads; it kept no campaigns of them. */
const LEGACY_FORMAT = 'ads_report';
/** In place of a subject: whatever it is. */
const ANY_SUBJECT = -1;

/**
 * Figures of ads that an earlier version stored without campaigns. A later export that has campaigns, ad groups or ads
 * for the same metric and days takes the place of those of the same Pin, and of the account's.
 */
export class LegacyAds {
	readonly #identity: FactIdentity;
	readonly #isLegacy: readonly boolean[];
	/** By metric, days and subject, the latest export with ads. */
	readonly #latest = new Map<string, number>();

	private constructor(isLegacy: readonly boolean[], identity: FactIdentity) {
		this.#isLegacy = isLegacy;
		this.#identity = identity;
	}

	/** @param ranked batches in the order of export; null where none is of that version */
	static of(ranked: readonly { readonly batch: FactBlocks }[], identity: FactIdentity): LegacyAds | null {
		const isLegacy = ranked.map(({ batch }) => batch.format === LEGACY_FORMAT);
		return isLegacy.includes(true) ? new LegacyAds(isLegacy, identity) : null;
	}

	/** Notes what has ads. */
	*read(entries: FactEntries): Generator<void> {
		for (let i = 0; i < entries.length; i++) {
			if (i % ENTRIES_PER_TURN === 0) yield;
			if (this.#adsOf(entries, i) === NO_ADS) continue;
			const rank = entries.rank[i] as number;
			for (const key of [
				this.#key(entries, i, this.#subject(entries, i)),
				this.#key(entries, i, ANY_SUBJECT)
			])
				this.#latest.set(key, Math.max(rank, this.#latest.get(key) ?? rank));
		}
	}

	/** Whether a later export with ads has what a figure of that version is about. */
	isReplaced(entries: FactEntries, i: number): boolean {
		const rank = entries.rank[i] as number;
		if (!this.#isLegacy[rank] || this.#adsOf(entries, i) !== NO_ADS) return false;
		const subject = this.#subject(entries, i);
		const later = this.#latest.get(this.#key(entries, i, subject === ACCOUNT ? ANY_SUBJECT : subject));
		return later !== undefined && later > rank;
	}

	/** Heads differ by kind of subject, but a key of any subject must be equal for all kinds: so it has the metric. */
	#key({ head, from, to }: FactEntries, i: number, subject: number): string {
		const metric = Math.floor((head[i] as number) / SUBJECT_KINDS.length);
		return `${metric} ${from[i]} ${to[i]} ${subject}`;
	}

	#adsOf({ pair }: FactEntries, i: number): number {
		const { terms, termsOf } = this.#identity;
		return terms[termsOf[pair[i] as number] as number]!.ads;
	}

	#subject({ pair }: FactEntries, i: number): number {
		return this.#identity.subjectOf[pair[i] as number] as number;
	}
}
