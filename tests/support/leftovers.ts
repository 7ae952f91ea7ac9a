/**
 * What is in the databases that belongs to nothing: pieces of batches that are not live, and whole databases. Runs in a
 * page, and so uses nothing from here.
 */
export async function leftovers(): Promise<string[]> {
	const opened = (name: string) =>
		new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const all = <T>(db: IDBDatabase, store: string, keysOnly = false) =>
		new Promise<T[]>((resolve, reject) => {
			const from = db.transaction(store).objectStore(store);
			const request = keysOnly ? from.getAllKeys() : from.getAll();
			request.onsuccess = () => resolve(request.result as T[]);
			request.onerror = () => reject(request.error);
		});
	const left: string[] = [];
	const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
	const known = new Set(['tackboard', 'tackboard-main']);
	if (names.includes('tackboard')) {
		const db = await opened('tackboard');
		for (const { key, isUnfinished } of await all<{ key: string; isUnfinished?: boolean }>(
			db,
			'workspaces'
		)) {
			known.add(`tackboard-${key}`);
			if (isUnfinished) left.push(`unfinished workspace ${key}`);
		}
		db.close();
	}
	for (const name of names) {
		if (!known.has(name)) left.push(`database ${name}`);
		if (name === 'tackboard' || !name.startsWith('tackboard')) continue;
		const db = await opened(name);
		const batches = await all<{ id: number; state: string }>(db, 'batches');
		const live = new Set(batches.filter(({ state }) => state === 'live').map(({ id }) => id));
		for (const { id, state } of batches) if (state !== 'live') left.push(`${state} batch ${id}`);
		for (const store of ['segments', 'rejectedRows', 'claims']) {
			for (const key of await all<[number, number]>(db, store, true)) {
				if (!live.has(key[0])) left.push(`${store} of batch ${key[0]}`);
			}
		}
		db.close();
	}
	return left;
}
