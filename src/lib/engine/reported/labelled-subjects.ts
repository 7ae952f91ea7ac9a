import type { Catalogue } from '../../columns/catalogue';
import type { LabelIndex } from '../../columns/label-index';
import { SUBJECT_KINDS, type FactIdentity } from './fact-identity';
import type { PinsAsked, ReportedLabels } from './pins-asked';

/** Which of the Pins that reports name bear which label. */
export class LabelledSubjects implements ReportedLabels {
	readonly #index: LabelIndex;
	/** Per subject the number of its Pin; -1 where it has none, being of a report that an early version stored. */
	readonly #pins: Int32Array;
	readonly #isPin: Uint8Array;
	readonly #known = new Map<string, PinsAsked>();

	constructor(index: LabelIndex, catalogue: Catalogue, { subjectIds, subjectKinds }: FactIdentity) {
		this.#index = index;
		const pin = SUBJECT_KINDS.indexOf('pin');
		this.#isPin = Uint8Array.from(subjectKinds, (kind) => (kind === pin ? 1 : 0));
		this.#pins = Int32Array.from(subjectIds, (id, subject) =>
			this.#isPin[subject] === 1 ? catalogue.pinNumber(id) : -1
		);
	}

	get names(): readonly string[] {
		return (this.#names ??= ['', ...this.#index.names].filter((name) =>
			this.bearing([name]).counts.includes(1)
		));
	}
	#names: readonly string[] | null = null;

	bearing(labels: readonly string[]): PinsAsked {
		const key = JSON.stringify([...labels].sort());
		let asked = this.#known.get(key);
		if (!asked) this.#known.set(key, (asked = { key, counts: this.#subjectsOf(labels) }));
		return asked;
	}

	#subjectsOf(labels: readonly string[]): Uint8Array {
		const bears = this.#index.mask(labels);
		const isNone = labels.includes('') ? 1 : 0;
		return this.#isPin.map((isPin, subject) => {
			const pin = this.#pins[subject] as number;
			return isPin === 0 ? 0 : pin < 0 ? isNone : (bears[pin] as number);
		});
	}
}
