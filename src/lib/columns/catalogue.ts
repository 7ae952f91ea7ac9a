import { ATTRIBUTES, CLOSED_VALUES, type Attribute } from '../model/event';
import type { PinAttributes } from '../model/query';
import { textAt, type TextBlock } from './text-block';
import type { PinClaims } from './pin-claims';
import { TextBlocks } from './text-blocks';

/** Pins by what they have in common. */
export interface PinGroups {
	/** The first is '' for Pins that say nothing. */
	readonly names: readonly string[];
	/** Per Pin, the number of its group. */
	readonly ofPin: Uint32Array;
}

/**
 * Everything known by number: the ids of Pins, the names of accounts, and what the live batches together say of each
 * Pin. Made anew whenever the set of live batches changes.
 */
export class Catalogue {
	readonly accounts: readonly string[];
	/** Pins that have a number, whether or not a live batch uses it. */
	readonly pinCount: number;
	/** People that have a number. */
	readonly userCount: number;

	readonly #groups = new Map<Attribute, PinGroups>();
	readonly #pinIds: TextBlocks;
	readonly #claims: readonly PinClaims[];
	readonly #formatTimes: Float64Array;
	readonly #formats: Uint8Array;
	/** Per attribute and Pin: which claims hold the winning value (index + 1, 0 for none), and its text there. */
	readonly #winners: readonly { times: Float64Array; claims: Uint32Array; texts: Uint32Array }[];

	/**
	 * @param pinIds blocks of Pin ids in the order of their numbers; likewise accounts
	 * @param userCount people that have a number; their ids are many, and only an export of events names them
	 * @param claims of the live batches, in the order of their import: of equal times the later import wins
	 */
	constructor(
		pinIds: readonly TextBlock[],
		accounts: readonly TextBlock[],
		userCount: number,
		claims: readonly PinClaims[]
	) {
		this.#pinIds = new TextBlocks(pinIds);
		this.pinCount = this.#pinIds.count;
		this.userCount = userCount;
		const accountNames = new TextBlocks(accounts);
		this.accounts = Array.from({ length: accountNames.count }, (_, i) => accountNames.text(i));
		this.#claims = claims;
		this.#formatTimes = new Float64Array(this.pinCount).fill(-Infinity);
		this.#formats = new Uint8Array(this.pinCount);
		this.#winners = ATTRIBUTES.map(() => ({
			times: new Float64Array(this.pinCount).fill(-Infinity),
			claims: new Uint32Array(this.pinCount),
			texts: new Uint32Array(this.pinCount)
		}));
		claims.forEach((batch, index) => this.#merge(batch, index));
	}

	/** The boards that Pins are on. */
	get boards(): PinGroups {
		return this.#groupsOf('board');
	}

	/** The destinations that Pins point to. */
	get links(): PinGroups {
		return this.#groupsOf('link');
	}

	/** The number of a Pin by its id; -1 where there is none. */
	pinNumber(id: string): number {
		return this.#pinIds.indexOf(id);
	}

	/** Whether a live batch has an event of a Pin; numbers of undone batches can stay taken. */
	isLive(pin: number): boolean {
		return (this.#formatTimes[pin] ?? -Infinity) > -Infinity;
	}

	/** Whether a live Pin is on a board. */
	hasBoard(name: string): boolean {
		const { names, ofPin } = this.boards;
		const board = names.indexOf(name);
		return board >= 0 && ofPin.some((each, pin) => each === board && this.isLive(pin));
	}

	pinId(pin: number): string {
		return this.#pinIds.text(pin);
	}

	/** The newest non-empty value of an attribute; '' where there is none. */
	attribute(name: Attribute, pin: number): string {
		const winner = this.#winners[ATTRIBUTES.indexOf(name)]!;
		const batch = winner.claims[pin] as number;
		return batch === 0 ? '' : textAt(this.#claims[batch - 1]!.texts, (winner.texts[pin] as number) - 1);
	}

	/** The format of the Pin's newest event. */
	format(pin: number): string {
		return CLOSED_VALUES.format[this.#formats[pin] as number] as string;
	}

	pin(pin: number): PinAttributes {
		return {
			title: this.attribute('pin_title', pin),
			board: this.attribute('board', pin),
			link: this.attribute('link', pin),
			imageUrl: this.attribute('image_url', pin),
			createdAt: this.attribute('created_at', pin),
			format: this.format(pin)
		};
	}

	#groupsOf(name: Attribute): PinGroups {
		const known = this.#groups.get(name);
		if (known) return known;
		const { claims, texts } = this.#winners[ATTRIBUTES.indexOf(name)]!;
		const numbers = new Map([['', 0]]);
		const ofPin = new Uint32Array(this.pinCount);
		// Pins of one group mostly refer to one text: it is decoded once.
		const ofText = this.#claims.map(() => new Map<number, number>());
		for (let pin = 0; pin < this.pinCount; pin++) {
			const claim = (claims[pin] as number) - 1;
			if (claim < 0) continue;
			const text = texts[pin] as number;
			let number = ofText[claim]!.get(text);
			if (number === undefined) {
				const group = this.attribute(name, pin);
				number = numbers.get(group);
				if (number === undefined) numbers.set(group, (number = numbers.size));
				ofText[claim]!.set(text, number);
			}
			ofPin[pin] = number;
		}
		const groups = { names: [...numbers.keys()], ofPin };
		this.#groups.set(name, groups);
		return groups;
	}

	#merge(batch: PinClaims, index: number): void {
		for (let i = 0; i < batch.pins.length; i++) {
			const pin = batch.pins[i] as number;
			const formatTime = batch.formatTimes[i] as number;
			if (formatTime >= (this.#formatTimes[pin] as number)) {
				this.#formatTimes[pin] = formatTime;
				this.#formats[pin] = batch.formats[i] as number;
			}
		}
		ATTRIBUTES.forEach((name, attribute) => {
			const claimed = batch.attributes[name];
			if (!claimed) return;
			const { times, texts } = claimed;
			const winner = this.#winners[attribute]!;
			for (let i = 0; i < batch.pins.length; i++) {
				const text = texts[i] as number;
				const pin = batch.pins[i] as number;
				if (text === 0 || (times[i] as number) < (winner.times[pin] as number)) continue;
				winner.times[pin] = times[i] as number;
				winner.claims[pin] = index + 1;
				winner.texts[pin] = text;
			}
		});
	}
}
