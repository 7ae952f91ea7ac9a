import { additionOf, type FactMetric } from '../../model/fact-metric';
import type { Question } from './question';

/** What is asked of figures. */
export interface Asked {
	readonly metric: FactMetric;
	/** Day numbers, both included. */
	readonly from: number;
	readonly to: number;
	readonly question: Question;
	/** The number of a currency; of no account for what is no money. */
	readonly currency: number;
}

/** The currency that figures must be of; null for what is no money. */
export function currencyAsked({ metric, currency }: Asked): number | null {
	return additionOf(metric) === 'money' ? currency : null;
}
