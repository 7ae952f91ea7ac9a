import type { FileAnswers, ImportProgress, ImportReport } from '$lib/model/import-report';
import type { Problem } from '$lib/model/problem';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';

/** A run of the import, under way or waiting for its turn: what it is given, and where it imports to. */
export interface ImportRun {
	/** What was handed over, in the order that FileReport.source counts. */
	readonly files: readonly File[];
	/** What could not be had of the folders that were handed over. */
	readonly leftOut: Problem | null;
	readonly workspace: string;
	readonly given: FileAnswers;
	/** The open question that it answers, by its key; null for all other runs. */
	readonly answers: string | null;
	/** The folder that its files came from by themselves; null where the user handed them over. */
	readonly inbox: string | null;
	readonly start: (
		client: WorkspaceClient,
		signal: AbortSignal,
		onprogress: (progress: ImportProgress) => void
	) => Promise<ImportReport>;
}

/** Files that are to be imported. */
export type WantedFiles = Pick<ImportRun, 'files' | 'leftOut' | 'workspace' | 'inbox'>;

/** Files of which nothing more will come: what a run made of them, or that the user left them out. */
export interface EndedFiles {
	readonly files: readonly File[];
	/** Null where there was no run, or it failed as a whole. */
	readonly report: ImportReport | null;
	/** Whether the user closed their questions. */
	readonly isLeftOut: boolean;
}

/** Files that will hardly fit into what room is left. */
export interface TightImport extends WantedFiles {
	readonly neededBytes: number;
	readonly freeBytes: number;
}

/** A file, or an entry of one, whose columns the user looks at. */
export interface MappedEntry {
	readonly file: File;
	/** Its name in the import report. */
	readonly entry: string;
	/** What was answered of it besides. */
	readonly given: FileAnswers;
}
