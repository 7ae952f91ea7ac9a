const KEY = 'tackboard:single-keys';

/** Whether single keys do things. They can be turned off: speech input and other aids may press them unasked. */
export class Shortcuts {
	#isOn = $state(true);
	#isListOpen = $state(false);

	get isOn() {
		return this.#isOn;
	}
	/** Whether the list of keys is on screen. */
	get isListOpen() {
		return this.#isListOpen;
	}

	openList(): void {
		this.#isListOpen = true;
	}

	closeList(): void {
		this.#isListOpen = false;
	}

	/** Looks what was chosen before. Only on a live page. */
	look(): void {
		try {
			this.#isOn = localStorage.getItem(KEY) !== 'off';
		} catch {
			// Storage can be forbidden: then they are on.
		}
	}

	turn(isOn: boolean): void {
		this.#isOn = isOn;
		try {
			localStorage.setItem(KEY, isOn ? 'on' : 'off');
		} catch {
			// It holds for this visit only.
		}
	}
}
