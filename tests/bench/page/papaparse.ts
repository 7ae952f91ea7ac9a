import type { Columns } from './columns';

/** Has a worker read an event file with PapaParse; the time is that until the columns are on this side. */
export async function parseColumns(file: File, events: number): Promise<{ ms: number; columns: Columns }> {
	const worker = new Worker(new URL('papaparse.worker.js', document.baseURI), { type: 'module' });
	try {
		const startedAt = performance.now();
		const columns = await new Promise<Columns>((resolve, reject) => {
			worker.addEventListener('message', (event) => resolve(event.data as Columns));
			worker.addEventListener('error', (event) => reject(new Error(event.message)));
			worker.postMessage({ file, events });
		});
		return { ms: performance.now() - startedAt, columns };
	} finally {
		worker.terminate();
	}
}
