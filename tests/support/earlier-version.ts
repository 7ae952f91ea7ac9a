/**
 * Makes a workspace's database one of version 1, as an earlier app would have left it: without the tables that came later,
 * without checksums, and with sums within segments. Runs in a page that has it open nowhere, and so uses nothing from here.
 * @param name of the database
 */
export async function storeAsVersion1(name: string): Promise<void> {
	const done = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const now = await done(indexedDB.open(name));
	const contents = new Map<string, Record<string, unknown>[]>();
	for (const table of ['batches', 'segments', 'texts', 'claims', 'rejectedRows', 'settings'])
		contents.set(table, await done(now.transaction(table).objectStore(table).getAll()));
	now.close();
	await done(indexedDB.deleteDatabase(name));

	const opening = indexedDB.open(name, 10); // Dexie counts in tens
	opening.onupgradeneeded = () => {
		const db = opening.result;
		db.createObjectStore('batches', { keyPath: 'id', autoIncrement: true });
		db.createObjectStore('segments', { keyPath: ['batchId', 'seq'] });
		const texts = db.createObjectStore('texts', { keyPath: ['vocabulary', 'first', 'count'] });
		texts.createIndex('batchId', 'batchId');
		db.createObjectStore('claims', { keyPath: ['batchId', 'part'] });
		db.createObjectStore('rejectedRows', { keyPath: ['batchId', 'seq'] });
		db.createObjectStore('settings', { keyPath: 'key' });
	};
	const old = await done(opening);
	for (const [table, records] of contents) {
		const writing = old.transaction(table, 'readwrite');
		for (const { checksum, ...record } of records) {
			const isSegment = checksum !== undefined;
			const segment = { ...(record.segment as object), sums: new Float64Array(8) };
			writing.objectStore(table).add(isSegment ? { ...record, segment } : record);
		}
		await new Promise<void>((resolve, reject) => {
			writing.oncomplete = () => resolve();
			writing.onabort = () => reject(writing.error ?? new Error('version 1 could not be written'));
		});
	}
	old.close();
}
