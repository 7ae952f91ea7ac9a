import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileAnswers, ImportReport } from '../../../../src/lib/model/import-report';
import { ProblemError } from '../../../../src/lib/model/problem';
import { handedFiles } from '../../../../src/lib/ui/import/handed-files';
import type { EndedFiles } from '../../../../src/lib/ui/state/import-run';
import { Clients } from '../../../../src/lib/ui/state/clients';
import { Imports } from '../../../../src/lib/ui/state/imports.svelte';
import type { Session } from '../../../../src/lib/ui/state/session.svelte';
import type { WorkspaceClient } from '../../../../src/lib/worker/page/workspace-client';
import { fileReport, importReport } from '../../../support/file-report';

/** A worker that imports when it is told to, fails or is full cannot be had on demand: what it answers is given by hand. */

interface Run {
	readonly workspace: string;
	readonly files: readonly string[];
	readonly given: FileAnswers | null;
	readonly done: (report: ImportReport) => void;
	readonly fail: (error: Error) => void;
}

/** A page's imports, what they ask the worker for, and what they say of files that are over. */
class Desk {
	readonly runs: Run[] = [];
	readonly undone: number[] = [];
	readonly ended: EndedFiles[] = [];
	readonly view = { ws: 'Shop' };
	/** Of this batch an undo fails. */
	locked: number | null = null;
	refreshes = 0;
	readonly imports: Imports;

	constructor() {
		const clientOf = (workspace: string) => {
			const run = (signal: AbortSignal, files: readonly File[], given: FileAnswers | null) =>
				new Promise<ImportReport>((done, fail) => {
					signal.addEventListener('abort', () => fail(new DOMException('aborted', 'AbortError')));
					this.runs.push({ workspace, files: files.map(({ name }) => name), given, done, fail });
				});
			const client = {
				open: async () => null,
				importFiles: (signal: AbortSignal, files: readonly File[]) => run(signal, files, null),
				importAnswered: (signal: AbortSignal, file: File, _: string, given: FileAnswers) =>
					run(signal, [file], given),
				undo: async (batch: number) => {
					if (batch === this.locked) throw new ProblemError({ code: 'storage_full' });
					this.undone.push(batch);
				}
			};
			return client as unknown as WorkspaceClient;
		};
		this.imports = new Imports({
			view: this.view,
			clients: new Clients(clientOf),
			refresh: async () => void this.refreshes++
		} as unknown as Session);
		this.imports.onEnded = (ended) => this.ended.push(ended);
	}

	start(...names: readonly string[]): void {
		this.imports.start(handedFiles(names.map((name) => new File(['x'], name))));
	}

	/** Ends the newest run, with a batch for each of its files. */
	async finish(...batches: readonly number[]): Promise<void> {
		const files = batches.map((batchId) => fileReport({ outcome: 'imported', batchId }));
		await this.end((run) => run.done(importReport(files)));
	}

	/** Ends the newest run in some way, and waits until the next one, if any waits, has begun. */
	async end(how: (run: Run) => void): Promise<void> {
		const before = this.refreshes;
		how(this.runs.at(-1)!);
		await vi.waitUntil(() => this.refreshes > before);
	}
}

let desk: Desk;
beforeEach(() => {
	desk = new Desk();
});

describe('imports', () => {
	it('run one at a time, in the order in which files came', async () => {
		desk.start('a.csv');
		desk.start('b.csv', 'c.csv');
		expect(desk.runs.map(({ files }) => files)).toEqual([['a.csv']]);
		await desk.finish(1);
		expect(desk.runs.map(({ files }) => files)).toEqual([['a.csv'], ['b.csv', 'c.csv']]);
		expect(desk.imports.isRunning).toBe(true);
		await desk.finish(2, 3);
		expect(desk.imports.state).toBe('done');
		expect(desk.imports.madeBatches).toEqual([2, 3]);
	});

	it('go where the user was when the files came, even if another workspace is on screen by then', async () => {
		desk.start('a.csv');
		desk.start('b.csv');
		desk.view.ws = 'Studio';
		await desk.finish(1);
		expect(desk.runs.map(({ workspace }) => workspace)).toEqual(['Shop', 'Shop']);
	});

	it('are all given up by one cancel, those that wait too, and each file is over', async () => {
		desk.start('a.csv');
		desk.start('b.csv');
		await desk.end(() => desk.imports.cancel());
		expect(desk.imports.state).toBe('cancelled');
		expect(desk.imports.problem).toBeNull();
		expect(desk.runs).toHaveLength(1);
		expect(desk.ended.map(({ files, report }) => [files.map(({ name }) => name), report])).toEqual([
			[['b.csv'], null],
			[['a.csv'], null]
		]);
	});

	it('go on after one that failed, which says why until the next one begins', async () => {
		desk.start('a.csv');
		await desk.end((run) => run.fail(new ProblemError({ code: 'storage_full' })));
		expect(desk.imports.state).toBe('failed');
		expect(desk.imports.problem).toEqual({ code: 'storage_full' });
		desk.start('b.csv');
		expect(desk.imports.problem).toBeNull();
		await desk.finish(1);
		expect(desk.imports.state).toBe('done');
	});

	it('say of a folder without a file that there is nothing in it', async () => {
		desk.imports.start({ files: [], hasFolder: true, unreadable: [] });
		await vi.waitUntil(() => !desk.imports.isRunning);
		expect(desk.imports.problem).toEqual({ code: 'empty_folder' });
	});

	it('keep a report on screen until it is dismissed, and show the next one', async () => {
		expect(desk.imports.isVisible).toBe(false);
		desk.start('a.csv');
		await desk.finish(1);
		expect(desk.imports.isReportShown).toBe(true);
		desk.imports.dismiss();
		expect(desk.imports.isVisible).toBe(false);
		desk.start('b.csv');
		expect(desk.imports.isVisible).toBe(true);
	});
});

describe('an undo of the last import', () => {
	it('takes back all that it made, and the page looks at what is stored again', async () => {
		desk.start('a.csv', 'b.csv');
		await desk.finish(4, 5);
		const before = desk.refreshes;
		await desk.imports.undo();
		expect(desk.undone).toEqual([4, 5]);
		expect(desk.imports.isUndone).toBe(true);
		expect(desk.refreshes).toBe(before + 1);
	});

	it('says what stopped it, and what is taken back by then and what is not', async () => {
		desk.start('a.csv', 'b.csv', 'c.csv');
		await desk.finish(4, 5, 6);
		desk.locked = 5;
		await desk.imports.undo();
		expect(desk.imports.problem).toEqual({ code: 'storage_full' });
		expect([4, 5, 6].map((batch) => desk.imports.wasUndone(batch))).toEqual([true, false, false]);
		expect(desk.imports.madeBatches).toEqual([5, 6]);
	});
});

describe('a file that needs an answer', () => {
	const DAYS = { from: '2026-09-08', to: '2026-09-14' };

	async function askedForDays(): Promise<void> {
		desk.start('ads.csv');
		const file = fileReport({ file: 'ads.csv', outcome: 'needs_days', source: 0 });
		await desk.end((run) => run.done(importReport([file])));
	}

	it('is asked about where it was handed over, and in no other workspace', async () => {
		await askedForDays();
		expect(desk.imports.questions.map(({ report }) => report.outcome)).toEqual(['needs_days']);
		desk.view.ws = 'Studio';
		expect(desk.imports.questions).toEqual([]);
	});

	it('is imported with the answer, and asked about no more', async () => {
		await askedForDays();
		desk.imports.answer(desk.imports.questions[0]!, { days: DAYS });
		expect(desk.runs.at(-1)).toMatchObject({ files: ['ads.csv'], given: { days: DAYS } });
		await desk.end((run) =>
			run.done(importReport([fileReport({ file: 'ads.csv', outcome: 'imported', batchId: 9 })]))
		);
		expect(desk.imports.questions).toEqual([]);
		expect(desk.imports.madeBatches).toEqual([9]);
	});

	it('is asked about again where the import with its answer failed', async () => {
		await askedForDays();
		const [question] = desk.imports.questions;
		desk.imports.answer(question!, { days: DAYS });
		await desk.end((run) => run.fail(new ProblemError({ code: 'worker_ended' })));
		expect(desk.imports.questions).toEqual([question]);
	});

	it('is left out on demand, and its folder hears of it', async () => {
		await askedForDays();
		desk.imports.leaveOut(desk.imports.questions);
		expect(desk.imports.questions).toEqual([]);
		expect(desk.ended.at(-1)).toMatchObject({ isLeftOut: true, report: null });
	});
});
