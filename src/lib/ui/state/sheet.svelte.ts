/** The part of the filter panel that a phone shows as a sheet. */
export type SheetPart = 'dates' | 'filters';

/** Which sheet is open on a phone. */
export class Sheet {
	#part = $state<SheetPart | null>(null);

	get part() {
		return this.#part;
	}

	open(part: SheetPart): void {
		this.#part = part;
	}

	close(): void {
		this.#part = null;
	}
}
