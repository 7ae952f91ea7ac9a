import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_OWN_WORDS, type Note, type OwnChange, type OwnWords } from '../../../../src/lib/model/own-words';
import { ProblemError } from '../../../../src/lib/model/problem';
import { OwnWordsState } from '../../../../src/lib/ui/own/own-words.svelte';
import type { Session } from '../../../../src/lib/ui/state/session.svelte';

/** Notes, saved views and labels of the workspace on screen. What a worker stores is given by hand, so that it can fail. */

const note = (id: string): Note => ({ id, changedAt: 1, text: id, from: '2026-06-01', to: '2026-06-01' });
const view = (search: string, isFirstPage: boolean) =>
	({ id: search, changedAt: 1, name: search, route: '/video', search, isFirstPage }) as never;

/** What a workspace stores. */
class Store {
	words: OwnWords = NO_OWN_WORDS;
	failure: Error | null = null;
	/** While it is set, reading waits. */
	held: Promise<void> | null = null;
	changed = () => {};

	ownWords = async () => {
		const { words } = this;
		await this.held;
		if (this.failure) throw this.failure;
		return words;
	};
	ownItem = async (kind: string, id: string) => {
		const item = this.words.notes.find((each) => each.id === id);
		return item ? { kind, item } : null;
	};
	changeOwnWords = async (change: OwnChange) => {
		if (this.failure) throw this.failure;
		if (change.kind === 'delete')
			this.words = { ...this.words, notes: this.words.notes.filter(({ id }) => id !== change.id) };
		if (change.kind === 'bring_back')
			this.words = { ...this.words, notes: [...this.words.notes, change.item.item as Note] };
	};
	onOwnWordsChanged = (listener: () => void) => {
		this.changed = listener;
		return () => (this.changed = () => {});
	};
}

let stores: Record<string, Store>;
let session: { phase: string; view: { ws: string }; batches: []; range: { from: string; to: string } | null };
let state: OwnWordsState;
let kept: Map<string, string>;
const notes = () => state.notes.map(({ id }) => id);

beforeEach(() => {
	stores = { '': new Store(), Shop: new Store() };
	stores['']!.words = { ...NO_OWN_WORDS, notes: [note('a'), note('b')] };
	stores.Shop!.words = { ...NO_OWN_WORDS, notes: [note('of the shop')] };
	kept = new Map();
	vi.stubGlobal('localStorage', {
		setItem: (key: string, value: string) => kept.set(key, value),
		removeItem: (key: string) => kept.delete(key)
	});
	session = { phase: 'open', view: { ws: '' }, batches: [], range: { from: '2026-06-01', to: '2026-06-30' } };
	Object.defineProperty(session, 'client', { get: () => stores[session.view.ws] });
	state = new OwnWordsState(session as unknown as Session);
});
afterEach(() => {
	vi.unstubAllGlobals();
});

const ready = () => vi.waitUntil(() => state.isReady);

describe('what is stored', () => {
	it('is read once the workspace is open, and again whenever it changes', async () => {
		session.phase = 'opening';
		expect(state.watch()).toBeUndefined();
		expect([state.isReady, notes()]).toEqual([false, []]);
		session.phase = 'open';
		state.watch();
		await ready();
		expect(notes()).toEqual(['a', 'b']);
		stores['']!.words = { ...NO_OWN_WORDS, notes: [note('c')] };
		stores['']!.changed();
		await vi.waitUntil(() => notes()[0] === 'c');
	});

	it('is done without where it cannot be read', async () => {
		stores['']!.failure = new ProblemError({ code: 'storage_refused' });
		state.watch();
		await ready();
		expect([notes(), state.problem]).toEqual([[], null]);
	});

	it('is never that of a workspace that was left while it was read', async () => {
		let letGo = () => {};
		stores['']!.held = new Promise((done) => (letGo = done));
		const stop = state.watch();
		session.view = { ws: 'Shop' };
		stop?.();
		expect(state.isReady).toBe(false);
		state.watch();
		await ready();
		letGo();
		await stores['']!.ownWords();
		expect(notes()).toEqual(['of the shop']);
	});

	it('says which page of the first workspace is first, and of no other', async () => {
		stores['']!.words = { ...NO_OWN_WORDS, views: [view('?range=7d', false), view('?range=all', true)] };
		state.watch();
		await ready();
		expect([...kept.values()]).toEqual(['video/?range=all']);
		stores['']!.words = NO_OWN_WORDS;
		stores['']!.changed();
		await vi.waitUntil(() => kept.size === 0);
		stores.Shop!.words = { ...NO_OWN_WORDS, views: [view('?range=all', true)] };
		session.view = { ws: 'Shop' };
		state.watch();
		await vi.waitUntil(() => state.views.length === 1);
		expect(kept.size).toBe(0);
	});
});

describe('a deletion', () => {
	beforeEach(async () => {
		state.watch();
		await ready();
	});

	it('can be taken back in the workspace that it was made in, the latest first', async () => {
		await state.delete('notes', 'a');
		await state.delete('notes', 'b');
		expect(notes()).toEqual([]);
		expect(state.deleted.map(({ item }) => item.item.id)).toEqual(['b', 'a']);
		session.view = { ws: 'Shop' };
		expect(state.deleted).toEqual([]);
		session.view = { ws: '' };
		await state.bringBack(state.deleted[0]!);
		expect([notes(), state.deleted.length]).toEqual([['b'], 1]);
		state.dropDeleted(state.deleted[0]!);
		expect(state.deleted).toEqual([]);
	});

	it('that cannot be stored says why, and leaves all as it was', async () => {
		stores['']!.failure = new ProblemError({ code: 'storage_full' });
		await state.delete('notes', 'a');
		expect([state.problem, notes(), state.deleted]).toEqual([{ code: 'storage_full' }, ['a', 'b'], []]);
		stores['']!.failure = null;
		await state.delete('notes', 'a');
		expect([state.problem, notes()]).toEqual([null, ['b']]);
	});

	it('of what another tab has deleted is none', async () => {
		await state.delete('notes', 'gone');
		expect([state.problem, state.deleted]).toEqual([null, []]);
	});
});

describe('a new note', () => {
	it('is on the days that are pointed at, else on the last day that is shown', () => {
		state.addNote();
		expect(state.dialog).toMatchObject({ days: { from: '2026-06-30', to: '2026-06-30' } });
		const days = { from: '2026-06-08', to: '2026-06-14' };
		state.pointAt(days);
		state.addNote();
		expect(state.dialog).toMatchObject({ kind: 'note', id: null, days });
	});

	it('is offered only where days are shown', () => {
		session.range = null;
		state.addNote();
		expect(state.dialog).toBeNull();
	});
});
