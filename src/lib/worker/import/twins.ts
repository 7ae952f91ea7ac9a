import { READER_VERSION } from '../../import/formats/format';
import type { LiveBatch } from '../../store/database';
import type { ImportSession } from '../../store/import-session';

/** Looks for a batch of the same bytes, and settles whether it stays or makes way for the current import. */
export class Twins {
	readonly #session: ImportSession;
	readonly #isReadAnew: boolean;
	#makesWay: LiveBatch | undefined;
	#isDamaged = false;

	/** @param isReadAnew whether the same bytes are imported again on purpose, with what the user said of them */
	constructor(session: ImportSession, isReadAnew: boolean) {
		this.#session = session;
		this.#isReadAnew = isReadAnew;
	}

	/** The batch that the import takes the place of. */
	get makesWay(): LiveBatch | undefined {
		return this.#makesWay;
	}

	/** Whether that one could no longer be read. */
	get isDamaged(): boolean {
		return this.#isDamaged;
	}

	/** Whether any batch was as large as a file: only then can it hold the same bytes. */
	hasSize(byteLength: number): boolean {
		return this.#session.batches.some((batch) => batch.fileBytes === byteLength);
	}

	/** The batch that holds these bytes already, and stays. */
	async of(fingerprint: string): Promise<LiveBatch | undefined> {
		const twin = this.#session.batches.find((batch) => batch.fingerprint === fingerprint);
		if (!twin || twin.id === this.#makesWay?.id) return undefined;
		this.#isDamaged = !(await this.#session.isReadable(twin));
		const isOutdated = twin.report !== undefined && (twin.report.readerVersion ?? 0) < READER_VERSION;
		if (!this.#isDamaged && !isOutdated && !this.#isReadAnew) return twin;
		this.#makesWay = twin;
		return undefined;
	}
}
