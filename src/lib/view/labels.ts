/** What is wrong with a label's name: it is empty, stands for Pins without a label, or is another label's. */
export type LabelFault = 'missing' | 'none' | 'taken';

/** Stands for Pins without a label, in an address. */
const NONE = 'none';

/** @param others the names of all other labels */
export function labelFault(name: string, others: readonly string[]): LabelFault | null {
	if (name === '') return 'missing';
	if (name.toLowerCase() === NONE) return 'none';
	return others.includes(name) ? 'taken' : null;
}
