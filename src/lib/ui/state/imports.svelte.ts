import type { ImportProgress, ImportReport } from '$lib/model/import-report';
import type { Mapping } from '$lib/model/mapping';
import { ProblemError, problemOf, type Problem } from '$lib/model/problem';
import { storedEstimate } from '$lib/view/import-room';
import { paceOf } from '$lib/view/progress';
import { roomLeft } from '../device/room';
import type { Handed } from '../import/handed-files';
import type { Session } from './session.svelte';

export type ImportState = 'idle' | 'running' | 'done' | 'failed' | 'cancelled';

type Step = (signal: AbortSignal, onprogress: (progress: ImportProgress) => void) => Promise<ImportReport>;

/** Files that will hardly fit into what room is left. */
export interface TightImport {
	readonly files: readonly File[];
	readonly neededBytes: number;
	readonly freeBytes: number;
}

/** Files that need less are not held up by a look at the room. */
const ALWAYS_FITS_BYTES = 1e6;

/** The import under way, or the last one: one run at a time, later ones wait their turn. */
export class Imports {
	readonly #session: Session;

	#state = $state<ImportState>('idle');
	#run = $state(0);
	#progress = $state.raw<ImportProgress | null>(null);
	#report = $state.raw<ImportReport | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#elapsedMs = $state(0);
	#isUndone = $state(false);
	#isDismissed = $state(false);
	#tight = $state.raw<TightImport | null>(null);
	/** The files that were handed over last. */
	#handed: readonly File[] = [];
	/** What could not be had of the folders that were handed over last. */
	#leftOut: Problem | null = null;

	readonly #pace = $derived(this.#progress ? paceOf(this.#progress, this.#elapsedMs) : null);

	#abort = new AbortController();
	#waiting: Step[] = [];

	constructor(session: Session) {
		this.#session = session;
	}

	get state() {
		return this.#state;
	}
	/** Imports started since the page was loaded. */
	get run() {
		return this.#run;
	}
	get progress() {
		return this.#progress;
	}
	get pace() {
		return this.#pace;
	}
	/** What became of the last run. */
	get report() {
		return this.#report;
	}
	/** Set where the run as a whole failed. */
	get problem() {
		return this.#problem;
	}
	get isUndone() {
		return this.#isUndone;
	}
	get accepted(): number {
		return this.#report?.accepted ?? this.#progress?.accepted ?? 0;
	}
	get rejected(): number {
		return this.#report?.rejected ?? this.#progress?.rejected ?? 0;
	}
	get isRunning(): boolean {
		return this.#state === 'running';
	}
	/** Files that wait for the user's word, since they will hardly fit. */
	get tight() {
		return this.#tight;
	}
	/** Whether there is something to tell. */
	get isVisible(): boolean {
		return this.isRunning || this.#tight !== null || (this.#state !== 'idle' && !this.#isDismissed);
	}
	/** The batches that the last run made. */
	get madeBatches(): readonly number[] {
		return (this.#report?.files ?? []).flatMap((file) =>
			file.outcome === 'imported' && file.batchId !== null ? [file.batchId] : []
		);
	}

	/** Imports files, after what is already under way. */
	start({ files, hasFolder, unreadable }: Handed): void {
		const problem: Problem | null =
			unreadable.length > 0 ? { code: 'unreadable_in_folder', files: unreadable } : null;
		if (files.length === 0) {
			if (hasFolder) this.#refuse(problem ?? { code: 'empty_folder' });
			return;
		}
		this.#handed = files;
		this.#leftOut = problem;
		if (storedEstimate(files) <= ALWAYS_FITS_BYTES) this.#startFiles(files);
		else void this.#startIfFits(files);
	}

	/** Starts what will hardly fit. */
	startTight(): void {
		const files = this.#tight?.files ?? [];
		this.#tight = null;
		if (files.length > 0) this.#startFiles(files);
	}

	/** Lets it be. */
	dropTight(): void {
		this.#tight = null;
	}

	/** The file of this name that was handed over last, to be mapped; undefined where it came in an archive. */
	fileNamed(name: string): File | undefined {
		return this.#handed.findLast((file) => file.name === name);
	}

	/** Imports a table whose columns were named. */
	startMapped(file: File, mapping: Mapping): void {
		this.#queue((signal, onprogress) =>
			this.#session.client.importAnswered(
				signal,
				file,
				file.name,
				{ days: null, pinId: null, mapping },
				onprogress
			)
		);
	}

	/** Makes sample data and imports it. */
	startSample(): void {
		this.#queue((signal, onprogress) => this.#session.client.importSample(signal, onprogress));
	}

	cancel(): void {
		this.#waiting = [];
		this.#abort.abort();
	}

	dismiss(): void {
		this.#isDismissed = true;
	}

	/** Takes back what the last run brought in. */
	async undo(): Promise<void> {
		try {
			for (const batch of this.madeBatches) await this.#session.client.undo(batch);
			this.#isUndone = true;
		} catch (error) {
			this.#problem = problemOf(error);
		}
		await this.#session.refresh();
	}

	#startFiles(files: readonly File[]): void {
		const leftOut = this.#leftOut;
		this.#queue(async (signal, onprogress) => {
			const report = await this.#session.client.importFiles(signal, files, onprogress);
			this.#problem = leftOut;
			return report;
		});
	}

	/** Tells that there is nothing to import. */
	#refuse(problem: Problem): void {
		this.#queue(() => Promise.reject(new ProblemError(problem)));
	}

	async #startIfFits(files: readonly File[]): Promise<void> {
		const neededBytes = storedEstimate(files);
		const room = await roomLeft();
		if (!room || neededBytes <= room.freeBytes) return this.#startFiles(files);
		this.#tight = { files, neededBytes, freeBytes: room.freeBytes };
	}

	#queue(step: Step): void {
		this.#waiting.push(step);
		if (!this.isRunning) void this.#next();
	}

	async #next(): Promise<void> {
		const step = this.#waiting.shift();
		if (!step) return;
		this.#begin();
		const startedAt = performance.now();
		try {
			const report = await step(this.#abort.signal, (progress) => {
				this.#elapsedMs = performance.now() - startedAt;
				this.#progress = progress;
			});
			this.#report = report;
			this.#end(report.outcome);
		} catch (error) {
			this.#progress = null; // nothing of it was kept
			if (this.#abort.signal.aborted) return this.#end('cancelled');
			this.#problem = problemOf(error);
			this.#end('failed');
		}
	}

	#begin(): void {
		this.#run++;
		this.#state = 'running';
		this.#progress = null;
		this.#report = null;
		this.#problem = null;
		this.#elapsedMs = 0;
		this.#isUndone = false;
		this.#isDismissed = false;
		this.#abort = new AbortController();
	}

	#end(state: ImportState): void {
		// The page counts as not ready from the very moment at which the import counts as over.
		void this.#session.refresh();
		this.#state = state;
		void this.#next();
	}
}
