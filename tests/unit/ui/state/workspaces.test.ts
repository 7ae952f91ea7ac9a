import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../../src/lib/model/problem';
import type { Workspace } from '../../../../src/lib/model/workspace';
import { Workspaces } from '../../../../src/lib/ui/state/workspaces.svelte';
import type { RegistryClient } from '../../../../src/lib/worker/page/client-registry';

/** Other tabs, and a list that cannot be read, cannot be had on demand: the registry is given by hand. */

type Listener = Parameters<RegistryClient['onChanged']>[0];

class Registry implements RegistryClient {
	stored: readonly Workspace[] = [
		{ key: 'main', name: '' },
		{ key: 'Shop', name: 'Shop' }
	];
	failure: Error | null = null;
	reads = 0;
	tell: Listener = () => {};

	async list(): Promise<readonly Workspace[]> {
		this.reads++;
		if (this.failure) throw this.failure;
		return this.stored;
	}
	async make(name: string): Promise<Workspace> {
		const made = { key: name, name };
		this.stored = [...this.stored, made];
		return made;
	}
	async rename(key: string, name: string): Promise<boolean> {
		if (this.stored.some((each) => each.name === name)) return false;
		this.stored = this.stored.map((each) => (each.key === key ? { key, name } : each));
		return true;
	}
	async remove(key: string): Promise<void> {
		this.stored = this.stored.filter((each) => each.key !== key);
	}
	async eraseAll(): Promise<void> {
		if (this.failure) throw this.failure;
		this.stored = [];
	}
	onChanged(listener: Listener): () => void {
		this.tell = listener;
		return () => (this.tell = () => {});
	}
}

let registry: Registry;
let workspaces: Workspaces;
const names = () => workspaces.all.map(({ name }) => name);

beforeEach(() => {
	registry = new Registry();
	workspaces = new Workspaces(registry);
});

describe('the list of workspaces', () => {
	it('is not read for the first workspace, and once for all others', async () => {
		expect(await workspaces.keyOf('')).toBe('main');
		expect(registry.reads).toBe(0);
		expect(await workspaces.keyOf('Shop')).toBe('Shop');
		expect(await workspaces.keyOf('Shop')).toBe('Shop');
		expect(registry.reads).toBe(1);
	});

	it('does not have a workspace that an address only invents', async () => {
		await expect(workspaces.keyOf('Elsewhere')).rejects.toMatchObject({
			problem: { code: 'unknown_workspace', name: 'Elsewhere' }
		});
	});

	it('is read again after it could not be', async () => {
		registry.failure = new ProblemError({ code: 'storage_refused' });
		await expect(workspaces.load()).rejects.toBe(registry.failure);
		registry.failure = null;
		await workspaces.load();
		expect(names()).toEqual(['', 'Shop']);
	});

	it('has what was made, renamed and removed at once', async () => {
		await workspaces.make('Second');
		expect(names()).toEqual(['', 'Shop', 'Second']);
		expect(await workspaces.rename('Second', 'Shop')).toBe(false);
		expect(await workspaces.rename('Second', 'Third')).toBe(true);
		expect(names()).toEqual(['', 'Shop', 'Third']);
		expect(await workspaces.keyOf('Third')).toBe('Second');
		await workspaces.remove('Shop');
		expect(names()).toEqual(['', 'Third']);
	});
});

describe('a change in another tab', () => {
	it('comes to the list, and tells of a workspace that is gone', async () => {
		await workspaces.load();
		const gone: string[] = [];
		const stop = workspaces.listen((key) => gone.push(key));
		registry.stored = [{ key: 'main', name: 'Home' }];
		registry.tell({ removedKey: 'Shop' });
		await vi.waitUntil(() => names()[0] === 'Home');
		expect(gone).toEqual(['Shop']);
		registry.tell({ removedKey: null });
		expect(gone).toEqual(['Shop']);
		stop();
		registry.tell({ removedKey: 'main' });
		expect(gone).toEqual(['Shop']);
	});

	it('is left alone while this tab deletes everything, and not where that failed', async () => {
		const gone: string[] = [];
		workspaces.listen((key) => gone.push(key));
		registry.failure = new ProblemError({ code: 'storage_refused' });
		await expect(workspaces.eraseAll()).rejects.toBe(registry.failure);
		registry.failure = null;
		registry.tell({ removedKey: 'Shop' });
		expect(gone).toEqual(['Shop']);
		await workspaces.eraseAll();
		registry.tell({ removedKey: 'main' });
		expect(gone).toEqual(['Shop']);
	});
});
