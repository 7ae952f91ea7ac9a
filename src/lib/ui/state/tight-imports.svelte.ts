import { storedEstimate } from '$lib/view/import-room';
import { roomLeft } from '../device/room';
import type { TightImport, WantedFiles } from './import-run';

/** Files that need less are not held up by a look at the room. */
const ALWAYS_FITS_BYTES = 1e6;

type Take = (wanted: WantedFiles) => void;

/** Starts files that fit into what room is left; others wait for the user's decision. */
export class TightImports {
	readonly #onStart: Take;
	readonly #onDrop: Take;
	#waiting = $state.raw<TightImport | null>(null);

	/**
	 * @param onStart gets files that are to be imported now
	 * @param onDrop gets files that are not imported
	 */
	constructor(onStart: Take, onDrop: Take) {
		this.#onStart = onStart;
		this.#onDrop = onDrop;
	}

	/** Files that will hardly fit. */
	get waiting() {
		return this.#waiting;
	}

	/** Takes files that are to be imported. */
	want(wanted: WantedFiles): void {
		if (storedEstimate(wanted.files) <= ALWAYS_FITS_BYTES) this.#onStart(wanted);
		else void this.#startIfFits(wanted);
	}

	/** Starts what will hardly fit. */
	start(): void {
		this.#settle(this.#onStart);
	}

	/** Drops what will hardly fit. */
	drop(): void {
		this.#settle(this.#onDrop);
	}

	#settle(take: Take): void {
		const waiting = this.#waiting;
		this.#waiting = null;
		if (waiting) take(waiting);
	}

	async #startIfFits(wanted: WantedFiles): Promise<void> {
		const neededBytes = storedEstimate(wanted.files);
		const room = await roomLeft();
		if (!room || neededBytes <= room.freeBytes) return this.#onStart(wanted);
		this.drop(); // one question at a time: the newer one
		this.#waiting = { ...wanted, neededBytes, freeBytes: room.freeBytes };
	}
}
