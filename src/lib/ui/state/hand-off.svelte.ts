import { ProblemError, problemOf, type Problem } from '$lib/model/problem';
import type { Query } from '$lib/model/query';
import { defaultView } from '$lib/view/address';
import { exportFileName } from '$lib/view/file-name';
import { queryOf } from '$lib/view/query';
import { dataRange } from '$lib/view/range';
import type { HandOffFormat } from '$lib/worker/page/client-hand-off';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import { pickFile } from '../data/pick-file';
import { downloadBlob } from '../download';
import type { Session } from './session.svelte';

const TYPES: Readonly<Record<HandOffFormat, string>> = {
	parquet: 'application/vnd.apache.parquet',
	csv: 'text/csv'
};

/** How the last hand-off ended. */
export interface HandOffEnd {
	readonly is: 'saved' | 'downloaded' | 'cancelled';
	readonly file: string;
}

/** Events on their way into a file for another engine. */
export class HandOff {
	readonly #session: Session;
	isFiltered = $state(false);
	format = $state<HandOffFormat>('parquet');
	#underWay = $state.raw<string | null>(null);
	#fraction = $state(0);
	#end = $state.raw<HandOffEnd | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#abort = new AbortController();

	constructor(session: Session) {
		this.#session = session;
	}

	/** The file that is being written. */
	get underWay() {
		return this.#underWay;
	}
	/** How far it is, from 0 to 1. */
	get fraction() {
		return this.#fraction;
	}
	get end() {
		return this.#end;
	}
	get problem() {
		return this.#problem;
	}
	get isPossible(): boolean {
		return (this.#session.coverage?.events ?? 0) > 0 && this.#underWay === null;
	}

	/** What the file is called; null while there is nothing to write. */
	get fileName(): string | null {
		const query = this.#query;
		return query && exportFileName('events', query.filter, this.format);
	}

	/** What is to be written. */
	get #query(): Query | null {
		const { coverage, view, query } = this.#session;
		if (!coverage || this.isFiltered) return query;
		const all = { ...defaultView('overview'), ...dataRange(coverage, view.tz), tz: view.tz };
		return queryOf(all, coverage);
	}

	cancel(): void {
		this.#abort.abort();
	}

	/** Asks where to, and writes. Call from a click: the browser asks only then. */
	async run(): Promise<void> {
		const query = this.#query;
		const file = this.fileName;
		if (!query || file === null || !this.isPossible) return;
		const { format } = this;
		const { client, clients } = this.#session;
		this.#end = this.#problem = null;
		this.#fraction = 0;
		this.#underWay = file;
		this.#abort = new AbortController();
		try {
			const picked = await pickFile(file, TYPES[format]);
			if (picked === null) return;
			const target = picked === 'download' ? null : picked;
			const blob = await clients.during(client, () => this.#write(client, format, query, target));
			if (blob) downloadBlob(blob, file);
			this.#end = { is: target ? 'saved' : 'downloaded', file: target?.name ?? file };
		} catch (error) {
			if (this.#abort.signal.aborted) this.#end = { is: 'cancelled', file };
			else this.#problem = problemOf(error);
		} finally {
			this.#underWay = null;
		}
	}

	/** @returns what is still to be downloaded */
	async #write(
		client: WorkspaceClient,
		format: HandOffFormat,
		query: Query,
		target: FileSystemFileHandle | null
	): Promise<Blob | null> {
		const { signal } = this.#abort;
		const tell = (fraction: number) => void (this.#fraction = fraction);
		if (format === 'parquet') return client.exportParquet(signal, query, target, tell);
		const blob = (await client.exportCsv(signal, 'events', query, null, tell))?.blob ?? null;
		if (!target || !blob) return blob;
		await save(signal, blob, target);
		return null;
	}
}

/** Has the browser copy a file that it holds into one that was picked. */
async function save(signal: AbortSignal, blob: Blob, target: FileSystemFileHandle): Promise<void> {
	try {
		const stream = await target.createWritable();
		await blob.stream().pipeTo(stream, { signal });
	} catch (error) {
		if (signal.aborted) throw error;
		throw new ProblemError({ code: 'file_not_written' });
	}
}
