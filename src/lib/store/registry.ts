import { Dexie, type Table } from 'dexie';
import { FIRST_KEY, type Workspace } from '../model/workspace';
import { databaseName } from './database';

/**
 * Which workspaces there are. Each has a database of its own, named after its key, which never changes; the name that
 * people see can. The first workspace is always there, and stands in the registry only once it has been named.
 */

interface StoredWorkspace {
	readonly key: string;
	readonly name: string;
	/** Their order is that of their making. */
	readonly madeAt: number;
	/** Set while a backup is being written into it: until it is whole, it is in no list of workspaces. */
	readonly isUnfinished?: boolean;
}

export class Registry extends Dexie {
	readonly workspaces!: Table<StoredWorkspace, string>;

	constructor() {
		super('tackboard');
		this.version(1).stores({ workspaces: 'key' });
	}

	/** All workspaces, the first one first. */
	async list(): Promise<readonly Workspace[]> {
		const stored = await this.workspaces.filter(({ isUnfinished }) => !isUnfinished).toArray();
		const first = stored.find(({ key }) => key === FIRST_KEY);
		const others = stored.filter(({ key }) => key !== FIRST_KEY).sort((a, b) => a.madeAt - b.madeAt);
		return [{ key: FIRST_KEY, name: first?.name ?? '' }, ...others.map(({ key, name }) => ({ key, name }))];
	}

	/** Makes a workspace, or returns the one that has this name already. */
	async make(name: string): Promise<Workspace> {
		return this.transaction('rw', this.workspaces, async () => {
			const all = await this.list();
			const twin = all.find((each) => each.name === name);
			if (twin) return twin;
			const stored = await this.#newOne(name);
			await this.workspaces.add(stored);
			return { key: stored.key, name };
		});
	}

	/** Makes a workspace that is in no list until `finish`; its name is one that no other has. */
	async begin(wanted: string): Promise<Workspace> {
		return this.transaction('rw', this.workspaces, async () => {
			const names = new Set((await this.workspaces.toArray()).map(({ name }) => name));
			let name = wanted;
			for (let number = 2; names.has(name); number++) name = `${wanted} ${number}`;
			const stored = await this.#newOne(name);
			await this.workspaces.add({ ...stored, isUnfinished: true });
			return { key: stored.key, name };
		});
	}

	/** From now on the workspace is listed. */
	async finish(key: string): Promise<void> {
		await this.workspaces.update(key, { isUnfinished: false });
	}

	/** Deletes what was begun and never finished. Call only while nothing can be under way. */
	async sweepUnfinished(): Promise<void> {
		const left = await this.workspaces.filter(({ isUnfinished }) => isUnfinished === true).toArray();
		for (const { key } of left) await this.remove(key);
	}

	/**
	 * Deletes all workspaces and the list of them, those of unknown name included. A connection that another tab keeps
	 * open is waited for, however long that takes.
	 * @param onWait gets whether such a connection is waited for, whenever that changes
	 */
	async eraseAll(onWait: (isWaiting: boolean) => void = () => {}): Promise<void> {
		const keys = (await this.workspaces.toArray()).map(({ key }) => key);
		const names = new Set([FIRST_KEY, ...keys].map(databaseName));
		// Some browsers list which databases there are, and so of those that a crash has left behind.
		const known = (await globalThis.indexedDB.databases?.()) ?? [];
		for (const { name } of known) if (name?.startsWith(databaseName(''))) names.add(name);
		for (const name of names) await erase(new Dexie(name), onWait);
		await erase(this, onWait);
	}

	/** Gives a workspace another name. Returns false where another has that name. */
	async rename(key: string, name: string): Promise<boolean> {
		return this.transaction('rw', this.workspaces, async () => {
			const all = await this.list();
			if (all.some((each) => each.name === name && each.key !== key)) return false;
			const stored = await this.workspaces.get(key);
			if (stored) await this.workspaces.update(key, { name });
			else if (key === FIRST_KEY) await this.workspaces.add({ key, name, madeAt: 0 });
			return true;
		});
	}

	/** Deletes a workspace with all that is stored in it. The first one stays, empty and without a name. */
	async remove(key: string): Promise<void> {
		await Dexie.delete(databaseName(key));
		await this.workspaces.delete(key);
	}

	async #newOne(name: string): Promise<StoredWorkspace> {
		const all = await this.workspaces.toArray();
		const keys = new Set([FIRST_KEY, ...all.map(({ key }) => key)]);
		let key = name;
		for (let number = 2; keys.has(key); number++) key = `${name} ${number}`;
		return { key, name, madeAt: Math.max(Date.now(), ...all.map((each) => each.madeAt + 1)) };
	}
}

/** Deletes a database as soon as no connection to it is open. */
async function erase(database: Dexie, onWait: (isWaiting: boolean) => void): Promise<void> {
	let isWaiting = false;
	// Connections that the browser asked to close and that are still open.
	database.on('blocked', () => {
		isWaiting = true;
		onWait(true);
	});
	await database.delete();
	if (isWaiting) onWait(false);
}
