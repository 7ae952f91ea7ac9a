/**
 * Files that were shared with the app, on their way from the service worker, which catches them, to the page, which
 * imports them.
 */

const CACHE = 'tackboard shared files';
const NAME = 'x-file-name';

/** Keeps files until a page takes them. They are kept apart from those of sites at other paths. */
export async function keepShared(scope: string, files: readonly File[]): Promise<void> {
	const cache = await caches.open(CACHE);
	const at = Date.now();
	for (const [index, file] of files.entries()) {
		const headers = {
			'content-type': file.type || 'application/octet-stream',
			[NAME]: encodeURIComponent(file.name)
		};
		await cache.put(`${scope}shared/${at}-${index}`, new Response(file, { headers }));
	}
}

/** The files that were kept, oldest first; they are kept no longer. */
export async function takeShared(scope: string): Promise<File[]> {
	if (!(await caches.has(CACHE))) return [];
	const cache = await caches.open(CACHE);
	const files: File[] = [];
	for (const request of await cache.keys()) {
		if (!request.url.startsWith(`${scope}shared/`)) continue;
		const response = await cache.match(request);
		// Of two pages that look at once, one takes it.
		if (!response || !(await cache.delete(request))) continue;
		const name = decodeURIComponent(response.headers.get(NAME) ?? '');
		files.push(new File([await response.blob()], name, { type: response.headers.get('content-type') ?? '' }));
	}
	return files;
}

/** Forgets files that were shared and never taken. */
export async function forgetShared(): Promise<void> {
	await caches.delete(CACHE);
}
