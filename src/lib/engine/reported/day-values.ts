import { isAdditive, type FactMetric } from '../../model/fact-metric';
import type { Day } from '../../model/calendar';
import type { Subject } from '../../model/query';
import { subjectKey, type ReportedFilters } from '../../model/reported';
import type { FactsInForce } from './facts-in-force';
import { answered, type Question, type Reported } from './question';

/** What is reported of a day. */
export interface DayValue extends Reported {
	/** The sum over the Pins that are known, there being no figure of the account. */
	readonly isOfPins: boolean;
}

/** Reported figures by day, under one question. */
export interface DayValues {
	value(metric: FactMetric, day: Day): DayValue | null;
	/** The filters under which a day has figures of these metrics at all. */
	filtersThere(metrics: readonly FactMetric[], day: Day): readonly ReportedFilters[];
}

const ACCOUNT = 'account';
/** Together they are the engagements, where these are not reported as such; carousel swipes add to them where known. */
const ENGAGEMENT_PARTS = ['saves', 'closeups', 'link_clicks'] as const;

/**
 * The figures of the account, or else the sums over its Pins; of one Pin where the question is about it alone. Boards
 * have no figures by day.
 */
export class ReportedDays implements DayValues {
	readonly #facts: FactsInForce;
	readonly #question: Question;
	readonly #subject: Subject | null;
	readonly #known = new Map<string, DayValue | null>();

	constructor(facts: FactsInForce, question: Question, subject: Subject | null) {
		this.#facts = facts;
		this.#question = question;
		this.#subject = subject;
	}

	value(metric: FactMetric, day: Day): DayValue | null {
		const key = `${day} ${metric}`;
		let value = this.#known.get(key);
		if (value === undefined) this.#known.set(key, (value = this.#find(metric, day)));
		return value;
	}

	filtersThere(metrics: readonly FactMetric[], day: Day): readonly ReportedFilters[] {
		const subject = this.#subject;
		if (subject?.kind === 'board') return [];
		return metrics.flatMap((metric) => {
			const { bySubject, filters } = this.#facts.onDay(day, metric);
			if (!subject) return [...filters.values()];
			return (bySubject.get(pinKey(subject)) ?? []).map(({ fact }) => fact.filters);
		});
	}

	#find(metric: FactMetric, day: Day): DayValue | null {
		if (this.#subject?.kind === 'board') return null;
		const own = this.#ofSubject(this.#subject ? pinKey(this.#subject) : ACCOUNT, metric, day);
		if (own) return { ...own, isOfPins: false };
		if (this.#subject || !isAdditive(metric)) return null;
		const pins = new Set(this.#facts.onDay(day, metric).bySubject.keys());
		if (metric === 'engagements') {
			for (const pin of this.#facts.onDay(day, ENGAGEMENT_PARTS[0]).bySubject.keys()) pins.add(pin);
		}
		pins.delete(ACCOUNT);
		const known = [...pins].map((pin) => this.#ofSubject(pin, metric, day)).filter((value) => value !== null);
		const sum = addUp(known);
		return sum && { ...sum, isOfPins: true };
	}

	#ofSubject(subject: string, metric: FactMetric, day: Day): Reported | null {
		const entries = this.#facts.onDay(day, metric).bySubject.get(subject);
		const asReported = entries ? answered(entries, this.#question) : null;
		if (asReported || metric !== 'engagements') return asReported;
		const parts = ENGAGEMENT_PARTS.map((part) => this.#ofSubject(subject, part, day));
		if (parts.some((part) => part === null)) return null;
		return addUp(
			[...parts, this.#ofSubject(subject, 'carousel_swipes', day)].filter((part) => part !== null)
		);
	}
}

/** A Pin as facts name it. */
function pinKey({ name }: Subject): string {
	return subjectKey({ kind: 'pin', id: name });
}

/** The readers of one query, each made once: series, shares and exports ask the same questions. */
export class DayReaders {
	readonly facts: FactsInForce;
	readonly #subject: Subject | null;
	readonly #made = new Map<string, ReportedDays>();

	constructor(facts: FactsInForce, subject: Subject | null) {
		this.facts = facts;
		this.#subject = subject;
	}

	of(question: Question): ReportedDays {
		let reader = this.#made.get(question.key);
		if (!reader) {
			reader = new ReportedDays(this.facts, question, this.#subject);
			this.#made.set(question.key, reader);
		}
		return reader;
	}
}

/** The sum of what several questions have to say: of the values of a split that share one series. */
export class JoinedDays implements DayValues {
	readonly #parts: readonly DayValues[];

	constructor(parts: readonly DayValues[]) {
		this.#parts = parts;
	}

	value(metric: FactMetric, day: Day): DayValue | null {
		if (!isAdditive(metric)) return null;
		const known = this.#parts.map((part) => part.value(metric, day)).filter((value) => value !== null);
		const sum = addUp(known);
		return sum && { ...sum, isOfPins: known.some(({ isOfPins }) => isOfPins) };
	}

	filtersThere(): readonly ReportedFilters[] {
		return [];
	}
}

function addUp(values: readonly Reported[]): Reported | null {
	if (values.length === 0) return null;
	return {
		value: values.reduce((sum, { value }) => sum + value, 0),
		isEstimate: values.some(({ isEstimate }) => isEstimate)
	};
}
