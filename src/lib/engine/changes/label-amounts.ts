import type { LabelIndex } from '../../columns/label-index';
import { emptyAmounts } from './contributions';
import type { EventAmounts } from './amounts-of-events';

/**
 * Labels as a part of a change. A Pin may bear several labels, so their amounts do not add up to the whole: number 0 stands
 * for the difference, which keeps the sums those of the whole and is never listed.
 */

/** Which labels each Pin bears, by number. */
export interface LabelsOfPins {
	/** By the number of the label; '' for numbers 0 and 1. */
	readonly names: readonly string[];
	/** The labels of Pin p are those from starts[p] to starts[p + 1] (exclusive) in `labels`. */
	readonly starts: Uint32Array;
	readonly labels: Uint32Array;
}

/** Numbers below this are not listed. */
export const FIRST_LABEL = 1;
/** The Pins that bear no label. */
const WITHOUT_LABEL = 1;

/** The labels of all Pins; null where there is no label. */
export function labelsOfPins(index: LabelIndex): LabelsOfPins | null {
	if (index.names.length === 0) return null;
	const starts = new Uint32Array(index.pinCount + 1);
	for (const name of index.names) for (const pin of index.pinsOf(name)) starts[pin + 1]!++;
	for (let pin = 0; pin < index.pinCount; pin++)
		starts[pin + 1] = (starts[pin] as number) + Math.max(1, starts[pin + 1] as number);
	const labels = new Uint32Array(starts[index.pinCount] as number).fill(WITHOUT_LABEL);
	const next = starts.slice();
	index.names.forEach((name, i) => {
		for (const pin of index.pinsOf(name)) labels[next[pin]!++] = WITHOUT_LABEL + 1 + i;
	});
	return { names: ['', '', ...index.names], starts, labels };
}

/** The amounts of labels, out of those of Pins. */
export function amountsOfLabels(pins: EventAmounts, { names, starts, labels }: LabelsOfPins): EventAmounts {
	const amounts = { ...emptyAmounts(names.length), occurs: new Uint8Array(names.length) };
	const { parts, wholes, occurs } = amounts;
	for (let pin = 0; pin < pins.occurs.length; pin++) {
		if (pins.occurs[pin] === 0) continue;
		const [part, whole] = [pins.parts[pin] as number, pins.wholes[pin] as number];
		const end = starts[pin + 1] as number;
		parts[0]! += part;
		wholes[0]! += whole;
		for (let at = starts[pin] as number; at < end; at++) {
			const label = labels[at] as number;
			occurs[label] = 1;
			parts[label]! += part;
			wholes[label]! += whole;
			parts[0]! -= part;
			wholes[0]! -= whole;
		}
	}
	return amounts;
}
