import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../../src/lib/model/problem';
import type { PageRequest } from '../../../../src/lib/model/page-request';
import type { Coverage } from '../../../../src/lib/model/query';
import { Session } from '../../../../src/lib/ui/state/session.svelte';
import type { WorkspaceClient } from '../../../../src/lib/worker/page/workspace-client';

/** Workspaces that open late, fail or lose their worker cannot be had on demand: what they answer is given by hand. */

const JUNE: Coverage = {
	firstMs: Date.UTC(2026, 5, 1),
	lastMs: Date.UTC(2026, 5, 30),
	events: 100,
	metrics: []
};

/** A workspace as the page meets it. */
class Workspace {
	stored: Coverage | null = JUNE;
	isInMemory = false;
	isClosed = false;
	/** While it is set the workspace does not answer. */
	held: Promise<void> | null = null;
	failure: Error | null = null;
	readonly asked: PageRequest[] = [];
	lose = () => {};

	async open(): Promise<Coverage | null> {
		await this.held;
		if (this.failure) throw this.failure;
		return this.stored;
	}
	coverage = async () => this.stored;
	batches = async () => [];
	ask = async (_: AbortSignal, request: PageRequest) => void this.asked.push(request);
	close = () => (this.isClosed = true);
	onRestarted = (told: () => void) => (this.lose = told);
	onChangedElsewhere = () => () => {};
}

let workspaces: Map<string, Workspace>;
let session: Session;

/** A workspace by its name. */
function at(name: string): Workspace {
	let workspace = workspaces.get(name);
	if (!workspace) workspaces.set(name, (workspace = new Workspace()));
	return workspace;
}

beforeEach(() => {
	vi.stubGlobal('document', { documentElement: { dataset: {} } });
	vi.stubGlobal('localStorage', { setItem: () => {}, removeItem: () => {} });
	workspaces = new Map();
	session = new Session((name) => at(name) as unknown as WorkspaceClient);
});
afterEach(() => {
	vi.unstubAllGlobals();
});

/** Waits until the page has looked at what is stored. */
const looked = () => vi.waitUntil(() => session.phase !== 'opening');

describe('a page', () => {
	it('asks about the days that its address means, once it is known what is stored', async () => {
		session.visit('/', '?from=2026-06-10&to=2026-06-12');
		expect(session.isReady).toBe(false);
		expect(session.range).toBeNull();
		await looked();
		expect(session.range).toMatchObject({ from: '2026-06-10', to: '2026-06-12' });
		expect(at('').asked.length).toBeGreaterThan(0);
		for (const { query } of at('').asked)
			expect(query.filter).toMatchObject({ from: '2026-06-10', to: '2026-06-12' });
	});

	it('asks nothing where nothing is stored, and says so', async () => {
		at('').stored = null;
		session.visit('/', '');
		await looked();
		expect(session.phase).toBe('empty');
		expect(at('').asked).toEqual([]);
	});

	it('says why a workspace cannot be opened, and opens it when it is tried again', async () => {
		at('').failure = new ProblemError({ code: 'storage_full' });
		session.visit('/', '');
		await looked();
		expect([session.phase, session.problem]).toEqual(['failed', { code: 'storage_full' }]);
		at('').failure = null;
		session.retry();
		await vi.waitUntil(() => session.phase === 'open');
		expect(session.problem).toBeNull();
	});

	it('looks again at what is stored where that has changed', async () => {
		at('').stored = null;
		session.visit('/', '');
		await looked();
		at('').stored = JUNE;
		await session.refresh();
		expect(session.phase).toBe('open');
		expect(at('').asked.length).toBeGreaterThan(0);
	});
});

describe('a change of workspace', () => {
	it('is not undone by an answer that the one left gives late', async () => {
		let letGo = () => {};
		at('Slow').held = new Promise((done) => (letGo = done));
		at('Slow').stored = { ...JUNE, events: 1 };
		session.visit('/', '?ws=Slow');
		session.visit('/', '?ws=Quick');
		await looked();
		letGo();
		await at('Slow').held;
		await session.clients.opened('Slow');
		expect(session.coverage?.events).toBe(100);
	});

	it('ends the worker of the one left, but for one where work goes on or that would forget all', async () => {
		const over: (() => void)[] = [];
		for (const name of ['Idle', 'Working', 'In memory', 'Last']) {
			session.visit('/', `?ws=${encodeURIComponent(name)}`);
			await looked();
			const { client, clients } = session;
			const work = () => clients.during(client, () => new Promise<void>((done) => over.push(done)));
			if (name === 'Working') void Promise.all([work(), work()]);
			at('In memory').isInMemory = true;
		}
		const closed = () => [...workspaces].flatMap(([name, { isClosed }]) => (isClosed ? [name] : []));
		expect(closed()).toEqual(['Idle']);
		over.pop()?.();
		session.visit('/', '?ws=Another');
		await looked();
		expect(closed()).toEqual(['Idle', 'Last']);
		over.pop()?.();
		await at('Another').coverage();
		session.visit('/', '');
		await looked();
		expect(closed()).toEqual(['Idle', 'Working', 'Last', 'Another']);
	});

	it('ends the worker of one where work failed', async () => {
		session.visit('/', '?ws=Failing');
		await looked();
		const failing = session.clients.during(session.client, () => Promise.reject(new Error('no')));
		await expect(failing).rejects.toThrow('no');
		session.visit('/', '');
		expect(at('Failing').isClosed).toBe(true);
	});
});

describe('a worker that the browser ended', () => {
	it('is told of until somebody takes note', async () => {
		session.visit('/', '');
		await looked();
		at('').lose();
		expect(session.wasRestarted).toBe(true);
		session.noteRestart();
		expect(session.wasRestarted).toBe(false);
	});

	it('has the page look again where all that was stored went with it', async () => {
		at('').isInMemory = true;
		session.visit('/', '');
		await looked();
		at('').stored = null;
		at('').lose();
		await vi.waitUntil(() => session.phase === 'empty');
	});
});

describe('days that are being chosen', () => {
	it('are the page’s days until they are dropped, and count as not ready', async () => {
		session.visit('/', '?from=2026-06-10&to=2026-06-12');
		await looked();
		session.previewDays({ from: '2026-06-01', to: '2026-06-20' });
		expect(session.range).toEqual({ from: '2026-06-01', to: '2026-06-20' });
		expect([session.isPreviewing, session.isReady]).toEqual([true, false]);
		session.dropPreview();
		expect(session.range).toMatchObject({ from: '2026-06-10', to: '2026-06-12' });
	});
});
