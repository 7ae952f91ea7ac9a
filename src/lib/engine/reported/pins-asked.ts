/**
 * The Pins that a question about labels is about, among those that reports name. No report says what the Pins of a label
 * have together: only figures of single Pins answer such a question.
 */
export interface PinsAsked {
	/** The same for the same Pins of the same facts. */
	readonly key: string;
	/** By the number of the subject: 1 where figures of it count. Those of the account and of boards never do. */
	readonly counts: Uint8Array;
}

/** The labels of the Pins that reports name. */
export interface ReportedLabels {
	/** Those that any of these Pins bears; '' where one bears none. */
	readonly names: readonly string[];
	/** The Pins that bear any of some labels; '' stands for those without one. */
	bearing(labels: readonly string[]): PinsAsked;
}

/** Where nothing is known of labels. */
export const NO_PINS: PinsAsked = { key: 'no Pin', counts: new Uint8Array(0) };

/** Whether figures of a subject count. */
export function isAsked(pins: PinsAsked | null, subject: number): boolean {
	return pins === null || pins.counts[subject] === 1;
}

/** The Pins of both. */
export function bothAsked(a: PinsAsked | null, b: PinsAsked): PinsAsked {
	if (a === null) return b;
	return {
		key: `${a.key} & ${b.key}`,
		counts: a.counts.map((one, subject) => one & (b.counts[subject] ?? 0))
	};
}
