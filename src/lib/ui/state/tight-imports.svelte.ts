import { storedEstimate } from '$lib/view/import-room';
import { roomLeft } from '../device/room';
import type { TightImport, WantedFiles } from './import-run';

/** Files that need less are not held up by a look at the room. */
const ALWAYS_FITS_BYTES = 1e6;

/** What becomes of files. */
interface Decided {
	readonly start: (wanted: WantedFiles) => void;
	readonly drop: (wanted: WantedFiles) => void;
}

/** Starts files that fit into what room is left; others wait for the user's decision. */
export class TightImports {
	readonly #decided: Decided;
	#waiting = $state.raw<TightImport | null>(null);

	constructor(decided: Decided) {
		this.#decided = decided;
	}

	/** Files that will hardly fit. */
	get waiting() {
		return this.#waiting;
	}

	/** Takes files that are to be imported. */
	want(wanted: WantedFiles): void {
		if (storedEstimate(wanted.files) <= ALWAYS_FITS_BYTES) this.#decided.start(wanted);
		else void this.#startIfFits(wanted);
	}

	/** Starts what will hardly fit. */
	start(): void {
		const waiting = this.#waiting;
		this.#waiting = null;
		if (waiting) this.#decided.start(waiting);
	}

	/** Drops what will hardly fit. */
	drop(): void {
		const waiting = this.#waiting;
		this.#waiting = null;
		if (waiting) this.#decided.drop(waiting);
	}

	async #startIfFits(wanted: WantedFiles): Promise<void> {
		const neededBytes = storedEstimate(wanted.files);
		const room = await roomLeft();
		if (!room || neededBytes <= room.freeBytes) return this.#decided.start(wanted);
		this.drop(); // one question at a time: the newer one
		this.#waiting = { ...wanted, neededBytes, freeBytes: room.freeBytes };
	}
}
