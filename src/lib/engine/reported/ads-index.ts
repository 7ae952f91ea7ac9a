import type { FactMetric } from '../../model/fact-metric';
import { ADS_METRICS } from '../../model/metric';
import { adsLabel, filtersKey, type ReportedFilters } from '../../model/reported';
import { FigureSet } from './ads-days';
import type { DayNumbers } from './day-values';
import { sourcesOf } from './evaluate';
import { ACCOUNT, NO_ADS, type FactIdentity } from './fact-identity';
import { ENTRIES_PER_TURN } from './radix-order';
import type { ResolvedFacts } from './resolved-facts';
import { isPaidMetric } from './scope-reading';

/** Subjects whose figures can be of ads. */
const KINDS = ['account', 'pin'] as const;

/** The reported metrics that figures of ads are made of. */
const SOURCES: readonly FactMetric[] = [...new Set(ADS_METRICS.flatMap(sourcesOf))];

/** The figures of ads in some days, by what they are of. */
export class AdsIndex {
	/** By the number of a campaign, ad group or ad: its figures, and those of all that is in it. */
	readonly ads = new Map<number, FigureSet>();
	/** By the number of a Pin; of the chosen campaigns alone, where any is chosen. */
	readonly pins = new Map<number, FigureSet>();
	/** The campaigns of each Pin, by their numbers. */
	readonly pinCampaigns = new Map<number, Set<number>>();
	readonly #identity: FactIdentity;
	readonly #campaigns: ReadonlySet<string>;

	private constructor(identity: FactIdentity, campaigns: readonly string[]) {
		this.#identity = identity;
		this.#campaigns = new Set(campaigns);
	}

	/** Reads all figures of some days. Yields where others can have a turn. */
	static *of(
		facts: ResolvedFacts,
		{ from, to }: DayNumbers,
		campaigns: readonly string[]
	): Generator<void, AdsIndex> {
		const index = new AdsIndex(facts.identity, campaigns);
		let read = 0;
		for (const metric of SOURCES) {
			for (const kind of KINDS) {
				for (const { range, ...period } of facts.periods(metric, kind, from, to)) {
					for (let entry = range.start; entry < range.end; entry++) {
						const { ads, filters } = facts.termsAt(facts.figures, entry);
						const subject = facts.subjectAt(facts.figures, entry);
						if (ads !== NO_ADS) index.#addOfAds(metric, period, entry, ads, subject);
						else if (
							subject !== ACCOUNT &&
							campaigns.length === 0 &&
							(isPaidMetric(metric) || isPaid(facts.identity.filters[filters]!))
						)
							madeAt(index.pins, subject).add(metric, period, entry);
						if (++read % ENTRIES_PER_TURN === 0) yield;
					}
				}
			}
		}
		return index;
	}

	/** The number of the campaign that an ad is in, or of the widest that is named. */
	rootOf(ads: number): number {
		const parent = this.#identity.adsParents[ads]!;
		return parent === NO_ADS ? ads : this.rootOf(parent);
	}

	/** Whether a campaign, or what is in it, is among the chosen; all are where none is. */
	isChosen(ads: number): boolean {
		if (this.#campaigns.size === 0) return true;
		const root = this.rootOf(ads);
		const { id, name } = this.#identity.adsNames[root]!;
		return this.isCampaign(root) && (this.#campaigns.has(name || id) || this.#campaigns.has(id));
	}

	isCampaign(ads: number): boolean {
		return this.#identity.adsLevels[ads] === 1;
	}

	nameOf(ads: number): string {
		return adsLabel(this.#identity.adsNames[ads]);
	}

	#addOfAds(metric: FactMetric, period: DayNumbers, entry: number, ads: number, subject: number): void {
		for (let one = ads; one !== NO_ADS; one = this.#identity.adsParents[one]!)
			madeAt(this.ads, one).add(metric, period, entry);
		if (subject === ACCOUNT || !this.isChosen(ads)) return;
		madeAt(this.pins, subject).add(metric, period, entry);
		const root = this.rootOf(ads);
		if (!this.isCampaign(root)) return;
		const campaigns = this.pinCampaigns.get(subject) ?? new Set();
		this.pinCampaigns.set(subject, campaigns.add(root));
	}
}

const PAID_KEY = filtersKey({ content_type: ['paid'] });

/** Whether figures under these filters are of paid content alone. */
function isPaid(filters: ReportedFilters): boolean {
	return filtersKey({ content_type: filters.content_type ?? [] }) === PAID_KEY;
}

function madeAt(sets: Map<number, FigureSet>, number: number): FigureSet {
	let set = sets.get(number);
	if (!set) sets.set(number, (set = new FigureSet()));
	return set;
}
