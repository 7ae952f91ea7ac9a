import type { ImportReport } from '$lib/model/import-report';
import type { InboxOutcome, SeenFile, TakenFile } from '$lib/model/inbox';
import { inboxOutcomes } from '$lib/view/inbox';
import type { InboxClient, WorkspaceClient } from '$lib/worker/page/workspace-client';
import type { EndedFiles } from '../state/import-run';
import type { Imports } from '../state/imports.svelte';
import type { Session } from '../state/session.svelte';

/** Outcomes that settle a file whichever run brought them; others only count for the inbox's own run. */
const SETTLED: ReadonlySet<InboxOutcome> = new Set(['imported', 'already_there', 'asked', 'left_out']);

/** Has new files of inboxes imported, and notes in each inbox what became of them. */
export class InboxImports {
	readonly #session: Session;
	readonly #imports: Imports;
	readonly #onNoted: (client: InboxClient) => Promise<void>;
	/** Files that were handed over to be imported, each as it was then, with the client of its inbox. */
	readonly #taken = new WeakMap<File, TakenFile & { readonly client: WorkspaceClient }>();
	/** The runs that are waited for. */
	readonly #runs = new Map<readonly File[], () => void>();

	/** @param onNoted called once an inbox has other notes of its files */
	constructor(session: Session, imports: Imports, onNoted: (client: InboxClient) => Promise<void>) {
		this.#session = session;
		this.#imports = imports;
		this.#onNoted = onNoted;
		imports.onEnded = (ended) => void this.#noteEnded(ended);
	}

	/** Imports files, and waits until it is noted what became of them. */
	async take(
		client: WorkspaceClient,
		workspace: string,
		folder: string,
		taken: readonly TakenFile[]
	): Promise<void> {
		for (const each of taken) this.#taken.set(each.file, { ...each, client });
		const files = taken.map(({ file }) => file);
		await new Promise<void>((resolve) => {
			this.#runs.set(files, resolve);
			this.#imports.startInbox(files, workspace, folder);
		});
	}

	/** Notes what became of files of an inbox, whether in its own run or in one that answered a question. */
	async #noteEnded({ files, report, isLeftOut }: EndedFiles): Promise<void> {
		const resolve = this.#runs.get(files);
		this.#runs.delete(files);
		const seenAt = Date.now();
		const outcomes = inboxOutcomes(files.length, report);
		// Files of one run are of one workspace, and so of one inbox.
		let client: WorkspaceClient | undefined;
		const seen: SeenFile[] = [];
		for (const [index, file] of files.entries()) {
			const taken = this.#taken.get(file);
			const said = isLeftOut ? 'left_out' : (outcomes[index] ?? 'put_off');
			const outcome = this.#imports.isAsked(file) ? 'asked' : said;
			if (!taken || (!resolve && !SETTLED.has(outcome))) continue;
			client = taken.client;
			seen.push({ ...taken.stamp, outcome, seenAt });
		}
		if (client) {
			// Where that fails, the next look takes the files again, and finds that they are imported already.
			await client.inbox?.note(seen).catch(() => {});
			await this.#countOnce(client, files, report);
			if (client.inbox) await this.#onNoted(client.inbox);
		}
		resolve?.();
	}

	/** Of events that an earlier edition of the same file brought already, each counts once. */
	async #countOnce(
		client: WorkspaceClient,
		files: readonly File[],
		report: ImportReport | null
	): Promise<void> {
		let hasChosen = false;
		for (const { source, overlaps, batchId } of report?.files ?? []) {
			const file = files[source];
			if (!overlaps || batchId === null || !file || !this.#taken.get(file)?.isEdition) continue;
			hasChosen = await client.chooseSameDays(batchId, 'leave_out').then(
				() => true,
				() => hasChosen
			);
		}
		if (hasChosen) await this.#session.refresh();
	}
}
