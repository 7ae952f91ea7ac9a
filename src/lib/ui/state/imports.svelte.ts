import type { FileAnswers, FileReport, ImportProgress, ImportReport } from '$lib/model/import-report';
import { ProblemError, problemOf, type Problem } from '$lib/model/problem';
import { NO_ANSWERS, type OpenQuestion } from '$lib/view/open-questions';
import { paceOf } from '$lib/view/progress';
import type { Handed } from '../import/handed-files';
import type { EndedFiles, ImportRun, MappedEntry, WantedFiles } from './import-run';
import { Questions } from './questions.svelte';
import type { Session } from './session.svelte';
import { TightImports } from './tight-imports.svelte';

export type ImportState = 'idle' | 'running' | 'done' | 'failed' | 'cancelled';

/** The import under way, or the last one: one run at a time, later ones wait their turn. */
export class Imports {
	/** Files that will hardly fit. */
	readonly tight = new TightImports(
		(wanted) => this.#startFiles(wanted),
		({ files }) => this.#tellEnded(files, null)
	);
	readonly #session: Session;
	readonly #questions = new Questions();

	#state = $state<ImportState>('idle');
	#run = $state(0);
	#progress = $state.raw<ImportProgress | null>(null);
	#report = $state.raw<ImportReport | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#elapsedMs = $state(0);
	#undone = $state.raw<readonly number[]>([]);
	#isDismissed = $state(false);
	#changing = $state.raw<MappedEntry | null>(null);
	/** The run under way, or the last one. It keeps its files: they may be read again in another way. */
	#last = $state.raw<ImportRun | null>(null);

	readonly #pace = $derived(this.#progress ? paceOf(this.#progress, this.#elapsedMs) : null);

	#abort = new AbortController();
	#waiting: ImportRun[] = [];
	/** Gets files that no run will import any more. */
	onEnded: ((ended: EndedFiles) => void) | null = null;

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
	get accepted(): number {
		return this.#report?.accepted ?? this.#progress?.accepted ?? 0;
	}
	get rejected(): number {
		return this.#report?.rejected ?? this.#progress?.rejected ?? 0;
	}
	/** The folder that the files of the last run came from by themselves; null where they were handed over. */
	get inbox(): string | null {
		return this.#last?.inbox ?? null;
	}
	/** Where the last run imported to; null before the first one. */
	get workspace(): string | null {
		return this.#last?.workspace ?? null;
	}
	/** Whether that is on screen. In another workspace the same numbers are other batches. */
	get isHere(): boolean {
		return this.workspace === this.#session.view.ws;
	}
	get isRunning(): boolean {
		return this.#state === 'running';
	}
	/** What files of the workspace on screen wait for, whichever run asked. */
	get questions(): readonly OpenQuestion[] {
		return this.#questions.of(this.#session.view.ws);
	}
	/** Whether a file waits for an answer, in whatever workspace. */
	isAsked(file: File): boolean {
		return this.#questions.isAsked(file);
	}
	/** The imported file whose columns are looked at again. */
	get changing() {
		return this.#changing;
	}
	/** Whether there is something to show. */
	get isVisible(): boolean {
		return (
			this.isRunning ||
			this.tight.waiting !== null ||
			this.questions.length > 0 ||
			(this.#state !== 'idle' && !this.#isDismissed)
		);
	}
	/** Whether the last run is over and its report is still shown. */
	get isReportShown(): boolean {
		return !this.isRunning && this.#state !== 'idle' && !this.#isDismissed;
	}
	/** The files of the last run, but for one whose failure stands in its open question. */
	get reportedFiles(): readonly FileReport[] {
		return this.#questions.isOpen(this.#last?.answers ?? null) ? [] : (this.#report?.files ?? []);
	}
	/** The batches that the last run made, and that were not taken back. */
	get madeBatches(): readonly number[] {
		return (this.#report?.files ?? []).flatMap(({ outcome, batchId }) =>
			outcome === 'imported' && batchId !== null && !this.#undone.includes(batchId) ? [batchId] : []
		);
	}
	/** Whether everything that the last run made was taken back. */
	get isUndone(): boolean {
		return this.#undone.length > 0 && this.madeBatches.length === 0;
	}
	/** Whether a batch of the last run was taken back. */
	wasUndone(batchId: number | null): boolean {
		return batchId !== null && this.#undone.includes(batchId);
	}

	/** Imports files, after what is already under way. */
	start({ files, hasFolder, unreadable }: Handed): void {
		const leftOut: Problem | null =
			unreadable.length > 0 ? { code: 'unreadable_in_folder', files: unreadable } : null;
		if (files.length > 0) {
			this.tight.want({ files, leftOut, workspace: this.#session.view.ws, inbox: null });
		} else if (hasFolder) {
			const problem = new ProblemError(leftOut ?? { code: 'empty_folder' });
			this.#queue({ start: () => Promise.reject(problem) });
		}
	}

	/** Imports new files of a workspace's inbox, as `start` does. */
	startInbox(files: readonly File[], workspace: string, folder: string): void {
		this.tight.want({ files, leftOut: null, workspace, inbox: folder });
	}

	/** Imports a file that waits for an answer, with this answer and those given before: a run of its own. */
	answer({ key, file, report, given }: OpenQuestion, answers: Partial<FileAnswers>): void {
		this.#questions.mark(key, true);
		this.#startAnswered({ file, entry: report.file, given: { ...given, ...answers } }, key);
	}

	/** Closes questions: their files are left out. */
	leaveOut(questions: readonly OpenQuestion[]): void {
		this.#questions.close(questions);
		const files = questions.map(({ file }) => file);
		this.onEnded?.({ files, report: null, isLeftOut: true });
	}

	/** Imports an entry again, with what the user says of it: its earlier reading is replaced. */
	startChanged(entry: MappedEntry): void {
		this.#startAnswered(entry, null);
	}

	/** What a file of the last run was read from; null where it is not available, or belongs to another workspace. */
	entryOf(file: FileReport): MappedEntry | null {
		const source = this.#last?.files[file.source];
		if (!this.#last || !source || !this.isHere) return null;
		return { file: source, entry: file.file, given: this.#last.given };
	}

	/** Opens the columns of a file of the last run, to be read in another way; null closes them. */
	change(entry: MappedEntry | null): void {
		this.#changing = entry;
	}

	/** Makes sample data and imports it. */
	startSample(): void {
		this.#queue({ start: (client, signal, onprogress) => client.importSample(signal, onprogress) });
	}

	cancel(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const { answers, files } of waiting) {
			this.#questions.mark(answers, false);
			this.#tellEnded(files, null);
		}
		this.#abort.abort();
	}

	/** Closes the report of the last run; questions stay. */
	dismiss(): void {
		this.#isDismissed = true;
	}

	/** Takes back what the last run brought in, or some of its batches. */
	async undo(batches = this.madeBatches): Promise<void> {
		const undone: number[] = [];
		try {
			const { clients, view } = this.#session;
			const client = await clients.opened(this.#last?.workspace ?? view.ws);
			await clients.during(client, async () => {
				for (const batch of batches) {
					await client.undo(batch);
					undone.push(batch);
				}
			});
		} catch (error) {
			this.#problem = problemOf(error);
		}
		this.#undone = [...this.#undone, ...undone];
		await this.#session.refresh();
	}

	#startFiles(wanted: WantedFiles): void {
		const { files, inbox } = wanted;
		this.#queue({
			...wanted,
			start: (client, signal, onprogress) => client.importFiles(signal, files, inbox === null, onprogress)
		});
	}

	#tellEnded(files: readonly File[], report: ImportReport | null): void {
		if (files.length > 0) this.onEnded?.({ files, report, isLeftOut: false });
	}

	/** @param answers the question that this answers, by its key */
	#startAnswered({ file, entry, given }: MappedEntry, answers: string | null): void {
		this.#queue({
			files: [file],
			given,
			answers,
			start: (client, signal, onprogress) => client.importAnswered(signal, file, entry, given, onprogress)
		});
	}

	/** Into the workspace that is on screen now, whatever is there once it begins; or into the one that the run names. */
	#queue(run: Pick<ImportRun, 'start'> & Partial<ImportRun>): void {
		const { view } = this.#session;
		const nothing = { files: [], leftOut: null, given: NO_ANSWERS, answers: null, inbox: null };
		this.#waiting.push({ ...nothing, workspace: view.ws, ...run });
		if (!this.isRunning) void this.#next();
	}

	async #next(): Promise<void> {
		const run = this.#waiting.shift();
		if (!run) return;
		this.#begin(run);
		const startedAt = performance.now();
		try {
			const { clients } = this.#session;
			const client = clients.of(run.workspace);
			const report = await clients.during(client, () =>
				run.start(client, this.#abort.signal, (progress) => {
					this.#elapsedMs = performance.now() - startedAt;
					this.#progress = progress;
				})
			);
			this.#questions.settle({ ...run, report });
			this.#report = report;
			this.#problem = run.leftOut;
			this.#tellEnded(run.files, report);
			this.#end(report.outcome);
		} catch (error) {
			this.#progress = null; // nothing of it was kept
			this.#questions.mark(run.answers, false);
			this.#tellEnded(run.files, null);
			if (this.#abort.signal.aborted) return this.#end('cancelled');
			this.#problem = problemOf(error);
			this.#end('failed');
		}
	}

	#begin(run: ImportRun): void {
		this.#run++;
		this.#last = run;
		this.#state = 'running';
		this.#progress = null;
		this.#report = null;
		this.#problem = null;
		this.#elapsedMs = 0;
		this.#undone = [];
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
