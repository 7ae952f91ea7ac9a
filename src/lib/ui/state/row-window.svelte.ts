import {
	elementScroll,
	observeElementOffset,
	observeElementRect,
	Virtualizer,
	type VirtualItem,
	type VirtualizerOptions
} from '@tanstack/virtual-core';

/** Rows drawn beyond either edge, so that a scroll does not show nothing. */
const OVERSCAN = 8;

/** Which rows of a long list are in sight in an element that scrolls. All rows are equally high. */
export class RowWindow {
	readonly #rowHeight: number;
	readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
	#element: HTMLElement | null = null;
	#count = 0;
	#items = $state.raw<readonly VirtualItem[]>([]);
	#total = $state(0);

	constructor(rowHeight: number) {
		this.#rowHeight = rowHeight;
		this.#virtualizer = new Virtualizer(this.#options());
	}

	/** The places of the rows to draw, from 0. */
	get indices(): readonly number[] {
		return this.#items.map((item) => item.index);
	}
	get first(): number {
		return this.#items[0]?.index ?? 0;
	}
	get last(): number {
		return this.#items.at(-1)?.index ?? 0;
	}
	/** Height of the rows above those drawn, in pixels. */
	get before(): number {
		return this.#items[0]?.start ?? 0;
	}
	/** Height of the rows below those drawn, in pixels. */
	get after(): number {
		return Math.max(0, this.#total - (this.#items.at(-1)?.end ?? 0));
	}

	/** Watches the element that scrolls; returns the way to stop. */
	attach(element: HTMLElement): () => void {
		this.#element = element;
		const leave = this.#virtualizer._didMount();
		this.#update();
		return () => {
			leave();
			this.#element = null;
		};
	}

	/** Sets how many rows there are. */
	resize(count: number): void {
		this.#count = count;
		this.#update();
	}

	toTop(): void {
		this.#element?.scrollTo({ top: 0 });
	}

	#update(): void {
		this.#virtualizer.setOptions(this.#options());
		this.#virtualizer._willUpdate();
		this.#read();
	}

	#read(): void {
		this.#items = this.#virtualizer.getVirtualItems();
		this.#total = this.#virtualizer.getTotalSize();
	}

	#options(): VirtualizerOptions<HTMLElement, HTMLElement> {
		return {
			count: this.#count,
			getScrollElement: () => this.#element,
			estimateSize: () => this.#rowHeight,
			overscan: OVERSCAN,
			scrollToFn: elementScroll,
			observeElementRect,
			observeElementOffset,
			onChange: () => this.#read()
		};
	}
}
