import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HomeReport } from '../../../../src/lib/model/home-folder';
import { ProblemError } from '../../../../src/lib/model/problem';
import type { Copies } from '../../../../src/lib/ui/state/copies.svelte';
import { HomeFolder } from '../../../../src/lib/ui/state/home-folder.svelte';
import type { Session } from '../../../../src/lib/ui/state/session.svelte';
import type { Workspaces } from '../../../../src/lib/ui/state/workspaces.svelte';
import type { HomeClient } from '../../../../src/lib/worker/page/client-home';

/** A browser that asks before a folder is used, and a folder that fails, cannot be had on demand: both are given by hand. */

const HANDLE = { name: 'Shared' } as FileSystemDirectoryHandle;
const REMEMBERED = 'home-folder of ';

function reportOf(some: Partial<HomeReport> = {}, files: readonly string[] = []): HomeReport {
	const taken = { files, undone: 0, items: 0, refused: [] };
	return { taken, written: 0, leftOut: [], copies: [], againInMs: null, isEqual: true, ...some };
}

/** What a worker would do with the folder. */
class Home implements HomeClient {
	/** By the key of their workspace. */
	readonly folders = new Map<string, { handle: FileSystemDirectoryHandle; isEncrypted: boolean }>();
	readonly looks: { readonly workspace: string; readonly isThorough: boolean }[] = [];
	asked = 0;
	next: (signal: AbortSignal) => Promise<HomeReport | null> = async () => reportOf();
	stored = () => {};

	async folder(workspace: string) {
		this.asked++;
		return this.folders.get(workspace) ?? null;
	}
	async choose(workspace: string, handle: FileSystemDirectoryHandle, passphrase: string) {
		this.folders.set(workspace, { handle, isEncrypted: passphrase !== '' });
	}
	async forget(workspace: string) {
		this.folders.delete(workspace);
	}
	async sync(signal: AbortSignal, folder: { readonly workspace: string; readonly isThorough: boolean }) {
		this.looks.push(folder);
		return this.next(signal);
	}
	onStored(_: string, listener: () => void) {
		this.stored = listener;
		return () => (this.stored = () => {});
	}
}

let home: Home;
let isAllowed: boolean;
let picked: FileSystemDirectoryHandle | null;
vi.mock('../../../../src/lib/worker/page/client-home', () => ({ connectHome: () => home }));
vi.mock('../../../../src/lib/ui/folders/folder-access', () => ({
	pickFolder: async () => picked,
	isAllowed: async () => isAllowed,
	askToAllow: async () => isAllowed
}));

let remembered: Map<string, string>;
let copied: string[];
let page: HomeFolder;

beforeEach(() => {
	home = new Home();
	[isAllowed, picked, remembered, copied] = [true, HANDLE, new Map(), []];
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => remembered.get(key) ?? null,
		setItem: (key: string, value: string) => remembered.set(key, value),
		removeItem: (key: string) => remembered.delete(key)
	});
	const events = { addEventListener: () => {}, removeEventListener: () => {} };
	vi.stubGlobal('document', { ...events, visibilityState: 'visible' });
	vi.stubGlobal('addEventListener', events.addEventListener);
	vi.stubGlobal('removeEventListener', events.removeEventListener);
	page = new HomeFolder(
		{ view: { ws: '' } } as unknown as Session,
		{ keyOf: async (name: string) => name || 'main' } as unknown as Workspaces,
		{ note: (key: string) => copied.push(key) } as unknown as Copies
	);
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** Until all that is settled by now has been taken note of. */
const turn = () => new Promise((done) => setImmediate(done));

const settled = (state: 'idle' | 'none') => vi.waitUntil(() => page.state === state);

/** A workspace that has a folder, as the browser remembers. */
function withFolder(key = 'main') {
	home.folders.set(key, { handle: HANDLE, isEncrypted: false });
	remembered.set(REMEMBERED + key, 'yes');
}

describe('a visit', () => {
	it('starts nothing where the browser remembers no folder, until somebody asks', async () => {
		home.folders.set('main', { handle: HANDLE, isEncrypted: true });
		page.watch('');
		expect(page.state).toBe('looking');
		await settled('none');
		expect(home.asked).toBe(0);
		page.ask('');
		await settled('idle');
		expect([page.name, page.isEncrypted, remembered.size]).toEqual(['Shared', true, 1]);
	});

	it('brings both together once, and counts as a copy where they are equal then', async () => {
		withFolder();
		page.watch('');
		await settled('idle');
		expect(home.looks).toEqual([{ workspace: 'main', isThorough: false }]);
		expect(copied).toEqual(['main']);
		expect(page.lastAt).not.toBeNull();
	});

	it('does not count as a copy where something is still missing', async () => {
		withFolder();
		home.next = async () => reportOf({ isEqual: false });
		page.watch('');
		await settled('idle');
		expect(copied).toEqual([]);
	});

	it('waits for the user where the browser wants to ask first', async () => {
		withFolder();
		isAllowed = false;
		page.watch('');
		await vi.waitUntil(() => page.needsPermission);
		page.sync();
		expect([page.state, home.looks]).toEqual(['idle', []]);
		await page.allow();
		expect([page.problem, page.needsPermission]).toEqual([{ code: 'home_refused' }, true]);
		isAllowed = true;
		await page.allow();
		await vi.waitUntil(() => home.looks.length === 1);
		expect([page.problem, page.needsPermission]).toEqual([null, false]);
	});

	it('of another workspace leaves the folder alone', async () => {
		withFolder();
		const stop = page.watch('');
		await settled('idle');
		stop();
		page.watch('Shop');
		await settled('none');
		home.stored();
		page.sync();
		expect([page.name, page.lastAt, home.looks.length]).toEqual([null, null, 1]);
	});
});

describe('bringing both together', () => {
	/** Holds the look that is under way until it is let go. */
	function hold() {
		let letGo: (report: HomeReport) => void = () => {};
		home.next = () => new Promise((done) => (letGo = done));
		return (report = reportOf()) => {
			home.next = async () => reportOf();
			letGo(report);
		};
	}

	beforeEach(async () => {
		withFolder();
		page.watch('');
		await settled('idle');
		home.looks.length = 0;
	});

	it('follows each change that is stored, and once for all changes while it is under way', async () => {
		const letGo = hold();
		home.stored();
		home.stored();
		home.stored();
		expect([home.looks.length, page.state]).toEqual([1, 'working']);
		letGo();
		await settled('idle');
		expect(home.looks).toHaveLength(2);
	});

	it('opens every file only where that is asked for', async () => {
		page.syncAll();
		await settled('idle');
		page.sync();
		await settled('idle');
		expect(home.looks.map(({ isThorough }) => isThorough)).toEqual([true, false]);
	});

	it('looks again once files have stood still', async () => {
		vi.useFakeTimers();
		home.next = async () => reportOf({ againInMs: 2_000, isEqual: false });
		page.sync();
		await vi.advanceTimersByTimeAsync(1_999);
		expect([home.looks.length, page.state]).toEqual([1, 'working']);
		home.next = async () => reportOf();
		await vi.advanceTimersByTimeAsync(1);
		expect([home.looks.length, page.state]).toEqual([2, 'idle']);
	});

	it('keeps what came on this visit in the report, whatever a later look finds', async () => {
		home.next = async () => reportOf({ written: 2 }, ['may.csv']);
		page.sync();
		await settled('idle');
		home.next = async () => reportOf({ written: 1 }, ['june.csv']);
		page.sync();
		await settled('idle');
		home.next = async () => reportOf();
		page.sync();
		await settled('idle');
		expect([page.report?.written, page.report?.taken.files]).toEqual([3, ['may.csv', 'june.csv']]);
	});

	it('says why it failed until it works again', async () => {
		home.next = async () => Promise.reject(new ProblemError({ code: 'home_refused' }));
		isAllowed = false;
		page.sync();
		await vi.waitUntil(() => page.needsPermission);
		expect([page.problem, page.state]).toEqual([{ code: 'home_refused' }, 'idle']);
	});

	it('is over, and says nothing, where the folder is forgotten meanwhile', async () => {
		const letGo = hold();
		page.sync();
		await page.forget();
		letGo(reportOf({ written: 9 }));
		await turn();
		expect([page.state, page.report, copied, remembered.size, home.folders.size]).toEqual([
			...['none', null, ['main'], 0, 0]
		]);
	});
});

describe('choosing a folder', () => {
	it('makes it the home folder, is remembered, and is followed by the first look', async () => {
		expect(await page.choose('secret')).toBe(true);
		await settled('idle');
		expect([page.name, page.isEncrypted, home.looks.length]).toEqual(['Shared', true, 1]);
		expect(remembered.get(`${REMEMBERED}main`)).toBe('yes');
	});

	it('changes nothing where none was picked, or the folder was refused', async () => {
		picked = null;
		expect(await page.choose('')).toBe(false);
		expect(page.problem).toBeNull();
		picked = HANDLE;
		home.choose = async () => {
			throw new ProblemError({ code: 'home_refused' });
		};
		expect(await page.choose('')).toBe(false);
		expect([page.problem, page.state, remembered.size]).toEqual([{ code: 'home_refused' }, 'none', 0]);
	});
});
