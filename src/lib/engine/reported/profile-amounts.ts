import { isAdditive, type FactMetric } from '../../model/fact-metric';
import { plainAmount, type Amount } from './amount';
import { answerOfGroup } from './answer-of-group';
import type { Asked } from './asked';
import type { FactRange } from './counted-columns';
import { eachSubject } from './each-subject';
import { ACCOUNT } from './fact-identity';
import { figuresInRanges, figuresOfSubject } from './figure-group';
import { addUp, type Reported } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** Together they are the engagements, where these are not reported as such; carousel swipes add to them where known. */
const ENGAGEMENT_PARTS = ['saves', 'closeups', 'link_clicks'] as const;

/** What figures of one business account come to, by its number. */
export class ProfileAmounts {
	readonly #facts: ResolvedFacts;

	constructor(facts: ResolvedFacts) {
		this.#facts = facts;
	}

	/** The figure of the account, or else the sum over its Pins. */
	ofAccount(asked: Asked, profile: number): Amount | null {
		// The Pins of a label are known one by one.
		const own = asked.question.pins ? null : this.ofSubject(asked, profile, ACCOUNT);
		if (own) return plainAmount(own);
		if (!isAdditive(asked.metric)) return null;
		const pins = this.#sumOfPins(asked, profile);
		return pins && { ...pins, isOfPins: true, isOfUnnamed: false };
	}

	/** The figure of a Pin, a board or the account itself as it is reported, engagements else from their parts. */
	ofSubject(asked: Asked, profile: number, subject: number): Reported | null {
		const asReported = this.#asReported(asked, profile, subject);
		if (asReported || asked.metric !== 'engagements') return asReported;
		const of = (metric: FactMetric) => this.#asReported({ ...asked, metric }, profile, subject);
		const parts: (Reported | null)[] = [];
		for (const part of ENGAGEMENT_PARTS) {
			const found = of(part);
			if (!found) return null;
			parts.push(found);
		}
		return addUp([...parts, of('carousel_swipes')]);
	}

	/** The figures of one subject, which lie side by side. */
	inRange(asked: Asked, profile: number, range: FactRange): Reported | null {
		const group = figuresInRanges(this.#facts, asked, profile, [range]);
		return group && answerOfGroup(this.#facts, asked, group);
	}

	#asReported(asked: Asked, profile: number, subject: number): Reported | null {
		const group = figuresOfSubject(this.#facts, asked, profile, subject);
		return group && answerOfGroup(this.#facts, asked, group);
	}

	#sumOfPins(asked: Asked, profile: number): Reported | null {
		const facts = this.#facts;
		const { metric, from, to } = asked;
		if (metric !== 'engagements') {
			let value = 0;
			let isEstimate = false;
			let isKnown = false;
			const add = (_: number, more: number, estimate: boolean) => {
				value += more;
				isEstimate ||= estimate;
				isKnown = true;
			};
			eachSubject(facts, asked, profile, facts.ofPeriod(metric, 'pin', from, to), add, (pin, range) => {
				const found = this.inRange(asked, profile, range);
				if (found) add(pin, found.value, found.isEstimate);
			});
			return isKnown ? { value, isEstimate } : null;
		}
		const pins = new Set<number>();
		for (const part of ['engagements', ENGAGEMENT_PARTS[0]] as const) {
			const { start, end } = facts.ofPeriod(part, 'pin', from, to);
			for (let entry = start; entry < end; entry++) pins.add(facts.subjectAt(facts.figures, entry));
		}
		return addUp([...pins].map((pin) => this.ofSubject(asked, profile, pin)));
	}
}
