import { page } from '$app/state';
import type { ExportChoice, MadeExport } from '$lib/model/made-export';
import { problemOf, type Problem } from '$lib/model/problem';
import { dayAt } from '$lib/model/calendar';
import { KINDS_WITHOUT_DAYS, type Coverage, type ExportKind, type Query } from '$lib/model/query';
import { defaultView, readAddress, type ViewState } from '$lib/view/address';
import type { AudienceView } from '$lib/view/audience-address';
import { pageOfRoute } from '$lib/view/page';
import { queryOf } from '$lib/view/query';
import type { DayRange } from '$lib/view/range';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import { untrack } from 'svelte';
import type { Session } from './session.svelte';

/** What is being written, and how far it is. */
export interface ExportUnderWay {
	readonly what: ExportChoice;
	/** Of an archive: the file that is being written; null while they are packed. */
	readonly part: ExportKind | null;
	/** From 0 to 1; null where it is not known. */
	readonly fraction: number | null;
}

/** The export under way, and those that were made: what the filters select, as files. */
export class Exports {
	readonly #session: Session;
	#underWay = $state.raw<ExportUnderWay | null>(null);
	#drawChart = $state.raw<(() => Promise<Blob>) | null>(null);
	#audience = $state.raw<AudienceView | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#asksReport = $state(false);
	#made = $state.raw<readonly MadeExport[]>([]);
	#abort = new AbortController();

	constructor(session: Session) {
		this.#session = session;
	}

	get underWay() {
		return this.#underWay;
	}
	get problem() {
		return this.#problem;
	}
	/** The exports that were made in this workspace, newest first, as far as they have been read. */
	get made() {
		return this.#made;
	}
	/** Whether the dialogue of a report is open. */
	get asksReport(): boolean {
		return this.#asksReport;
	}
	openReport(): void {
		this.#asksReport = true;
	}
	closeReport(): void {
		this.#asksReport = false;
	}

	get isPossible(): boolean {
		return this.#session.coverage !== null && this.#underWay === null;
	}

	/** Whether something can be exported now. Where nothing has figures of days, an archive holds the rest. */
	canRun(what: ExportChoice): boolean {
		if (what === 'chart' && !this.hasChart) return false;
		if (what === 'insights') return this.hasAudience && this.#underWay === null;
		const isOfAll = what === 'everything' || what === 'workbook';
		return this.isPossible || (isOfAll && this.#underWay === null && this.#hasMoreThanDays);
	}

	get #hasMoreThanDays(): boolean {
		return this.#session.batches.some(({ report }) =>
			KINDS_WITHOUT_DAYS.some((kind) => kind === report?.kind)
		);
	}

	/** Whether snapshots of audiences are on the page, to be exported. */
	get hasAudience(): boolean {
		return this.#audience !== null;
	}

	/** Whether a chart is on the page, to make a picture of. */
	get hasChart(): boolean {
		return this.#drawChart !== null;
	}

	/** The chart on the page says how to make a picture of it, or null when it leaves. */
	offerChart(draw: (() => Promise<Blob>) | null): void {
		this.#drawChart = draw;
	}

	/** The page says which snapshots it shows, days included, or null when it leaves. */
	offerAudience(audience: AudienceView | null): void {
		this.#audience = audience;
	}

	dismiss(): void {
		this.#problem = null;
	}

	cancel(): void {
		this.#abort.abort();
	}

	/** To be run in an effect: reads which exports were made. Returns the way to stop. */
	watchMade(): () => void {
		const { coverage } = this.#session;
		const client = untrack(() => this.#session.client);
		let isOver = false;
		const read = async () => {
			try {
				const made = await client.madeExports();
				if (!isOver) this.#made = made;
			} catch {
				// The list does without.
			}
		};
		if (coverage) void read();
		return () => (isOver = true);
	}

	/** Writes what the filters select, or draws the chart, and hands it to the browser. */
	async run(what: ExportChoice): Promise<void> {
		const { query, view } = this.#session;
		const audience = (what === 'insights' && this.#audience) || view.audience;
		const shown = { ...view, audience };
		if (query ?? this.canRun(what))
			await this.#hand(what, page.route.id ?? '/', shown, query ?? queryOf(view, withoutDays()));
	}

	/** Makes an export once more, as it was. */
	async again(made: MadeExport): Promise<void> {
		const { coverage } = this.#session;
		const { state } = readAddress(made.search, pageOfRoute(made.route));
		if (coverage) await this.#hand(made.what, made.route, state, queryOf(state, coverage));
	}

	/** Writes all that is known of some days, whatever is filtered: events, or else daily figures. */
	async runHistory(days: DayRange): Promise<void> {
		const { coverage, view } = this.#session;
		const all = { ...defaultView('overview'), ...days, tz: view.tz, ws: view.ws };
		if (!coverage) return;
		// Where there are no events, there are figures by day.
		const { events, firstMs, lastMs } = coverage;
		const hasEvents = events > 0 && dayAt(firstMs, view.tz) <= days.to && dayAt(lastMs, view.tz) >= days.from;
		await this.#hand(hasEvents ? 'events' : 'daily', '/', all, queryOf(all, coverage));
	}

	async #hand(what: ExportChoice, route: string, view: ViewState, query: Query): Promise<void> {
		this.#abort = new AbortController();
		this.#problem = null;
		this.#tell(what, null, null);
		try {
			const { client, clients, coverage } = this.#session;
			const request = { what, query, view, hasDays: coverage !== null, drawChart: this.#drawChart };
			await clients.during(client, async () => {
				const { handExport } = await import('../exports/write-export');
				const handed = await handExport(this.#abort.signal, client, request, (part, fraction) =>
					this.#tell(what, part, fraction)
				);
				if (handed) await this.#note(client, { what, route, ...handed, madeAt: Date.now() });
			});
		} catch (error) {
			if (!this.#abort.signal.aborted) this.#problem = problemOf(error);
		} finally {
			this.#underWay = null;
		}
	}

	async #note(client: WorkspaceClient, made: MadeExport): Promise<void> {
		try {
			const all = await client.noteExport(made);
			if (client === this.#session.client) this.#made = all;
		} catch {
			// The file is made; where nothing can be stored, the list does without it.
		}
	}

	#tell(what: ExportChoice, part: ExportKind | null, fraction: number | null): void {
		this.#underWay = { what, part, fraction };
	}
}

/** What stands in for the days of a workspace that has none: today. */
function withoutDays(): Coverage {
	const today = dayAt(Date.now(), 'UTC');
	return {
		firstMs: Infinity,
		lastMs: -Infinity,
		events: 0,
		reported: { from: today, to: today },
		metrics: []
	};
}
