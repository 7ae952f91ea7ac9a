import type { ImportProgress } from '../../model/import-report';
import type { PartProgress } from '../../import/part';

/** Nobody sees more pictures than this between two: of many small files not each one is reported. */
const TELL_EVERY_MS = 100;

/** Progress over all files of a run. Files are counted as they turn up: an archive holds more than one. */
export class RunProgress {
	readonly #tell: (progress: ImportProgress) => void;
	readonly #bytes: number;
	#files: number;
	#filesDone = 0;
	/** Of the files that were handed over, and of what is done of an archive. */
	#bytesBefore = 0;
	#accepted = 0;
	#rejected = 0;
	#current = { accepted: 0, rejected: 0 };
	#toldAt = -Infinity;

	/** @param sizes of the files handed over */
	constructor(sizes: readonly number[], tell: (progress: ImportProgress) => void) {
		this.#tell = tell;
		this.#files = sizes.length;
		this.#bytes = sizes.reduce((sum, size) => sum + size, 0);
	}

	/** Nothing is read yet: another tab is writing. */
	wait(file: string): void {
		this.#tell({
			...{ file, filesDone: 0, files: this.#files, bytesDone: 0, bytes: this.#bytes },
			...{ accepted: 0, rejected: 0, isWaiting: true }
		});
	}

	/** An archive turned out to hold so many files. */
	unpacked(files: number): void {
		this.#files += files - 1;
	}

	/** A file's turn has come. */
	start(file: string): void {
		this.tell(file, { bytesDone: 0, accepted: 0, rejected: 0 }, null);
	}

	/** @param bytesRead of the file as it was handed over, where that is not what `told` counts */
	tell(file: string, told: PartProgress, bytesRead: number | null): void {
		this.#current = told;
		const now = performance.now();
		if (now - this.#toldAt < TELL_EVERY_MS) return;
		this.#toldAt = now;
		this.#tell({
			file,
			filesDone: this.#filesDone,
			files: this.#files,
			bytesDone: Math.min(this.#bytes, this.#bytesBefore + (bytesRead ?? told.bytesDone)),
			bytes: this.#bytes,
			accepted: this.#accepted + told.accepted,
			rejected: this.#rejected + told.rejected
		});
	}

	/** @param bytes that the file took up of what was handed over */
	finishFile(bytes: number): void {
		this.#filesDone++;
		this.#bytesBefore += bytes;
		this.#accepted += this.#current.accepted;
		this.#rejected += this.#current.rejected;
		this.#current = { accepted: 0, rejected: 0 };
	}

	/** What an archive has beside its files is done too. */
	finishArchive(bytes: number): void {
		this.#bytesBefore += bytes;
	}
}
