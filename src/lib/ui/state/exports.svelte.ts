import { problemOf, type Problem } from '$lib/model/problem';
import type { ExportKind, Query } from '$lib/model/query';
import { exportFileName } from '$lib/view/file-name';
import { downloadBlob } from '../download';
import type { Session } from './session.svelte';

/** The export under way: what the filters select, as a file. */
export class Exports {
	readonly #session: Session;
	#busy = $state<ExportKind | 'chart' | null>(null);
	#drawChart = $state.raw<(() => Promise<Blob>) | null>(null);
	#problem = $state.raw<Problem | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	get busy() {
		return this.#busy;
	}
	get problem() {
		return this.#problem;
	}
	get isPossible(): boolean {
		return this.#session.coverage !== null;
	}

	/** Whether a chart is on the page, to make a picture of. */
	get hasChart(): boolean {
		return this.#drawChart !== null;
	}

	/** The chart on the page says how to make a picture of it, or null when it leaves. */
	offerChart(draw: (() => Promise<Blob>) | null): void {
		this.#drawChart = draw;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/** Writes what the filters select as CSV and hands it to the browser. */
	run(kind: ExportKind): Promise<void> {
		return this.#hand(kind, 'csv', (query) =>
			this.#session.client.exportCsv(new AbortController().signal, kind, query)
		);
	}

	/** Hands a picture of the chart on the page to the browser. */
	async runChart(): Promise<void> {
		const draw = this.#drawChart;
		if (draw) await this.#hand('chart', 'png', draw);
	}

	async #hand(
		kind: ExportKind | 'chart',
		extension: string,
		write: (query: Query) => Promise<Blob>
	): Promise<void> {
		const { query } = this.#session;
		if (!query) return;
		this.#busy = kind;
		this.#problem = null;
		try {
			downloadBlob(await write(query), exportFileName(kind, query.filter, extension));
		} catch (error) {
			this.#problem = problemOf(error);
		}
		this.#busy = null;
	}
}
