import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MadeExport } from '../../../../src/lib/model/made-export';
import { ProblemError } from '../../../../src/lib/model/problem';
import type { Coverage } from '../../../../src/lib/model/query';
import { DEFAULT_VIEW, defaultView } from '../../../../src/lib/view/address';
import { queryOf } from '../../../../src/lib/view/query';
import type { ExportRequest, HandedExport } from '../../../../src/lib/ui/exports/write-export';
import { Clients } from '../../../../src/lib/ui/state/clients';
import { Exports } from '../../../../src/lib/ui/state/exports.svelte';
import type { Session } from '../../../../src/lib/ui/state/session.svelte';
import type { WorkspaceClient } from '../../../../src/lib/worker/page/workspace-client';

/** Only a browser saves a file: what writes one ends as each test sets it. */

type Write = (
	signal: AbortSignal,
	request: ExportRequest,
	tell: (part: null, fraction: number) => void
) => Promise<HandedExport | null>;

let write: Write;
vi.mock('$app/state', () => ({ page: { route: { id: '/video' } } }));
vi.mock('../../../../src/lib/ui/exports/write-export', () => ({
	handExport: (signal: AbortSignal, _: unknown, request: ExportRequest, tell: never) =>
		write(signal, request, tell)
}));

const JUNE: Coverage = {
	firstMs: Date.UTC(2026, 5, 1),
	lastMs: Date.UTC(2026, 5, 30),
	events: 100,
	metrics: []
};
const HANDED = { file: 'daily.csv', search: '?from=2026-06-01&to=2026-06-30' };

let session: { -readonly [Key in 'coverage' | 'query' | 'view' | 'batches']: Session[Key] };
let noted: MadeExport[];
let noteFails: boolean;
let requests: ExportRequest[];
let exports: Exports;

beforeEach(() => {
	noted = [];
	requests = [];
	noteFails = false;
	session = { coverage: JUNE, view: DEFAULT_VIEW, query: queryOf(DEFAULT_VIEW, JUNE), batches: [] };
	const client = {
		madeExports: async () => noted,
		noteExport: async (made: MadeExport) => {
			if (noteFails) throw new ProblemError({ code: 'storage_full' });
			return (noted = [made, ...noted]);
		}
	};
	const clients = new Clients(() => client as unknown as WorkspaceClient);
	exports = new Exports(Object.assign(session, { client: clients.of(''), clients }) as unknown as Session);
	write = async (_, request) => {
		requests.push(request);
		return HANDED;
	};
});

/** Empties the workspace of all that has days; what is left is as a report of this kind holds it. */
function withoutDays(kind: 'directory' | 'labels') {
	session.coverage = session.query = null;
	session.batches = [{ report: { kind } }] as unknown as Session['batches'];
}

describe('an export', () => {
	it('is of what the page shows, and is noted with the page that it was made on', async () => {
		await exports.run('daily');
		expect(requests).toMatchObject([{ what: 'daily', query: session.query, hasDays: true }]);
		expect(exports.made).toMatchObject([{ what: 'daily', route: '/video', ...HANDED }]);
		expect([exports.underWay, exports.problem]).toEqual([null, null]);
	});

	it('says how far it is, and allows no other until it is over', async () => {
		let end: (handed: HandedExport) => void = () => {};
		write = (_, __, tell) => {
			tell(null, 0.25);
			return new Promise((done) => (end = done));
		};
		const running = exports.run('events');
		expect(exports.canRun('daily')).toBe(false);
		await vi.waitUntil(() => exports.underWay?.fraction === 0.25);
		expect(exports.underWay).toEqual({ what: 'events', part: null, fraction: 0.25 });
		end(HANDED);
		await running;
		expect([exports.underWay, exports.canRun('daily')]).toEqual([null, true]);
	});

	it('that fails says why until the next one', async () => {
		write = async () => {
			throw new ProblemError({ code: 'worker_ended' });
		};
		await exports.run('pins');
		expect(exports.problem).toMatchObject({ code: 'worker_ended' });
		expect([exports.underWay, noted]).toEqual([null, []]);
		write = async () => HANDED;
		await exports.run('pins');
		expect(exports.problem).toBeNull();
	});

	it('that is cancelled is no failure, and is not noted', async () => {
		let isWriting = false;
		write = (signal) => {
			isWriting = true;
			return new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error)));
		};
		const running = exports.run('everything');
		await vi.waitUntil(() => isWriting);
		exports.cancel();
		await running;
		expect([exports.problem, exports.underWay, noted]).toEqual([null, null, []]);
	});

	it('of nothing, and one that cannot be noted, is none of the list', async () => {
		write = async () => null;
		await exports.run('boards');
		write = async () => HANDED;
		noteFails = true;
		await exports.run('boards');
		expect([exports.made, exports.problem]).toEqual([[], null]);
	});

	it('is noted where it was made of, though another workspace is on screen by then', async () => {
		write = async () => {
			Object.assign(session, { client: {} });
			return HANDED;
		};
		await exports.run('pins');
		expect(noted).toMatchObject([{ what: 'pins' }]);
		expect([exports.made, exports.problem]).toEqual([[], null]);
	});

	it('that was made is made again as it was, wherever the page is now', async () => {
		session.view = { ...defaultView('ads'), range: 'all' };
		const made = {
			what: 'pins',
			route: '/',
			search: '?from=2026-06-03&to=2026-06-04&device=tablet'
		} as const;
		await exports.again({ ...made, file: 'pins.csv', madeAt: 1 });
		const { filter } = requests[0]!.query;
		expect([filter.from, filter.to, filter.values.device]).toEqual(['2026-06-03', '2026-06-04', ['tablet']]);
		expect(noted).toMatchObject([{ what: 'pins', route: '/' }]);
	});
});

describe('what can be exported', () => {
	it('is the chart where there is one, and audiences where they are shown', () => {
		expect([exports.canRun('chart'), exports.canRun('insights')]).toEqual([false, false]);
		exports.offerChart(async () => new Blob());
		exports.offerAudience(DEFAULT_VIEW.audience);
		expect([exports.canRun('chart'), exports.canRun('insights')]).toEqual([true, true]);
		exports.offerChart(null);
		expect(exports.canRun('chart')).toBe(false);
	});

	it('is the whole as one file where names of Pins are stored alone, and nothing where only labels are', async () => {
		withoutDays('labels');
		expect(exports.canRun('everything')).toBe(false);
		withoutDays('directory');
		expect(['everything', 'workbook', 'daily'].map((what) => exports.canRun(what as 'daily'))).toEqual([
			...[true, true, false]
		]);
		await exports.run('daily');
		expect(requests).toEqual([]);
		await exports.run('everything');
		expect(requests).toMatchObject([{ what: 'everything', hasDays: false }]);
	});
});

describe('the history of some days', () => {
	it.each([
		['events', '2026-06-30', '2026-07-04'],
		['events', '2026-05-01', '2026-06-01'],
		['daily', '2026-07-01', '2026-07-04'],
		['daily', '2026-05-01', '2026-05-31']
	])('is %s from %s to %s, and all of them, whatever is filtered', async (what, from, to) => {
		session.view = { ...DEFAULT_VIEW, values: { ...DEFAULT_VIEW.values, device: ['mobile'] } };
		await exports.runHistory({ from, to });
		expect(requests).toMatchObject([{ what, query: { filter: { from, to, values: DEFAULT_VIEW.values } } }]);
	});
});
