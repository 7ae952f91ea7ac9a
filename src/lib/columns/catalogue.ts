import { ATTRIBUTES, CLOSED_VALUES, type Attribute } from '../model/event';
import type { PinAttributes } from '../model/answer';
import { Dictionary } from './dictionary';
import { FORMAT_UNKNOWN_MS, SAID_WITHOUT_EVENT_MS, type PinClaims } from './pin-claims';
import { textAt, type TextBlock } from './text-block';
import { TextBlocks } from './text-blocks';

/** Pins by what they have in common. */
export interface PinGroups {
	/** The first is '' for Pins that say nothing. */
	readonly names: readonly string[];
	/** Per Pin, the number of its group. */
	readonly ofPin: Uint32Array;
}

/** Where a text stands: place of the claims and number of the text there, both plus one. */
interface TextPlace {
	readonly claims: number;
	readonly text: number;
}

/** After so many look-ups of Pins by id it pays to number all ids again, rather than to look through them each time. */
const FEW_LOOK_UPS = 8;

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
	readonly #pinBlocks: readonly TextBlock[];
	#numbers: Dictionary | null = null;
	#pinsById: Uint32Array | null = null;
	#lookUps = 0;
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
		this.#pinBlocks = pinIds;
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
		const boards = boardNames(claims);
		claims.forEach((batch, index) => this.#merge(batch, index, boards));
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
		if (++this.#lookUps <= FEW_LOOK_UPS) return this.#pinIds.indexOf(id);
		if (!this.#numbers) {
			this.#numbers = new Dictionary();
			for (const block of this.#pinBlocks) this.#numbers.internBlock(block);
		}
		const bytes = new TextEncoder().encode(id);
		return this.#numbers.find(bytes, 0, bytes.length);
	}

	/** Whether a live batch has an event of a Pin. */
	hasEvents(pin: number): boolean {
		return (this.#formatTimes[pin] ?? -Infinity) > SAID_WITHOUT_EVENT_MS;
	}

	/** Whether a live batch names a Pin: in events, figures or a directory. Numbers of undone batches can stay taken. */
	isKnown(pin: number): boolean {
		return (this.#formatTimes[pin] ?? -Infinity) > -Infinity;
	}

	/** Whether a known Pin is on a board. */
	hasBoard(name: string): boolean {
		const { names, ofPin } = this.boards;
		const board = names.indexOf(name);
		return board >= 0 && ofPin.some((each, pin) => each === board && this.isKnown(pin));
	}

	/** The numbers of all Pins in the order of their ids; worked out once. */
	get pinsById(): Uint32Array {
		return (this.#pinsById ??= this.#pinIds.inOrder());
	}

	pinId(pin: number): string {
		return this.#pinIds.text(pin);
	}

	/** The newest non-empty value of an attribute; '' where there is none. */
	attribute(name: Attribute, pin: number): string {
		const winner = this.#winners[ATTRIBUTES.indexOf(name)]!;
		const batch = winner.claims[pin] ?? 0;
		return batch === 0 ? '' : textAt(this.#claims[batch - 1]!.texts, (winner.texts[pin] as number) - 1);
	}

	/** The format of the Pin's newest event, or else what a directory says; '' where nobody says it. */
	format(pin: number): string {
		if ((this.#formatTimes[pin] ?? -Infinity) <= FORMAT_UNKNOWN_MS) return '';
		return CLOSED_VALUES.format[this.#formats[pin] as number] as string;
	}

	/** All of it; empty for a Pin that has no number (-1). */
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

	#merge(batch: PinClaims, index: number, boards: ReadonlyMap<string, TextPlace>): void {
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
		this.#mergeBoards(batch, boards);
	}

	/** Boards whose id a directory has, where it does not name them itself and another one does. */
	#mergeBoards(
		{ pins, attributes, texts, boards: own }: PinClaims,
		boards: ReadonlyMap<string, TextPlace>
	): void {
		if (!own) return;
		const winner = this.#winners[ATTRIBUTES.indexOf('board')]!;
		for (let i = 0; i < pins.length; i++) {
			const id = own.ofPin[i] as number;
			if (id === 0 || attributes.board?.texts[i] !== 0) continue;
			const place = boards.get(textAt(texts, id - 1));
			const pin = pins[i] as number;
			if (!place || SAID_WITHOUT_EVENT_MS < (winner.times[pin] as number)) continue;
			winner.times[pin] = SAID_WITHOUT_EVENT_MS;
			winner.claims[pin] = place.claims;
			winner.texts[pin] = place.text;
		}
	}
}

/** Where the name of each board stands that directories have by its id; a later import wins. */
function boardNames(all: readonly PinClaims[]): Map<string, TextPlace> {
	const places = new Map<string, TextPlace>();
	all.forEach(({ boards, texts }, index) => {
		boards?.ids.forEach((id, i) =>
			places.set(textAt(texts, id), { claims: index + 1, text: (boards.names[i] as number) + 1 })
		);
	});
	return places;
}
