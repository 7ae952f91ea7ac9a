import { chooseLanguage } from '../lib/i18n/choose-language';
import {
	cacheName,
	cachePrefix,
	isImmutable,
	type SiteFile,
	type SiteFiles
} from '../lib/offline/site-files';

/** How many files are fetched side by side. */
const AT_ONCE = 6;

/** The kept files of one version of the site. */
export class SiteCache {
	readonly #scope: string;
	readonly #site: SiteFiles;
	readonly #name: string;

	constructor(scope: string, site: SiteFiles) {
		this.#scope = scope;
		this.#site = site;
		this.#name = cacheName(scope, site.version);
	}

	/**
	 * Fetches what the app cannot do without. Rejects where a file cannot be had: then this version is not used.
	 * @param wanted the languages that the visitor prefers, the dearest first
	 */
	async fetchFirst(wanted: readonly string[]): Promise<void> {
		const { first, languages } = this.#site;
		const language = chooseLanguage(wanted, Object.keys(languages));
		await this.#fetchAll([...first, ...(languages[language ?? ''] ?? [])]);
	}

	/** Fetches the rest, as far as it is not there yet. */
	async fetchLater(): Promise<void> {
		await this.#fetchAll(this.#site.later);
	}

	/**
	 * Deletes the versions before the last one. That one stays, since pages of it may be open until they are loaded
	 * anew.
	 */
	async dropOlder(): Promise<void> {
		const older = (await this.#versions()).filter((name) => name !== this.#name);
		// In the order of their making.
		for (const name of older.slice(0, -1)) await caches.delete(name);
	}

	/** The file as kept, else from the network. */
	async give(path: string, request: Request): Promise<Response> {
		const cache = await caches.open(this.#name);
		return (await cache.match(this.#urlOf(path))) ?? fetch(request);
	}

	/** A file of whatever version has it. */
	async giveOlder(request: Request): Promise<Response> {
		for (const name of await this.#versions()) {
			const found = await (await caches.open(name)).match(request.url);
			if (found) return found;
		}
		return fetch(request);
	}

	async #fetchAll(files: readonly SiteFile[]): Promise<void> {
		const cache = await caches.open(this.#name);
		const older = await this.#versions();
		const waiting = [...files];
		const fetchNext = async (): Promise<void> => {
			for (let file = waiting.shift(); file; file = waiting.shift())
				await this.#fetchInto(cache, file, older);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
	}

	async #fetchInto(cache: Cache, { path }: SiteFile, older: readonly string[]): Promise<void> {
		const url = this.#urlOf(path);
		if (await cache.match(url)) return;
		if (isImmutable(path))
			for (const name of older) {
				const kept = await (await caches.open(name)).match(url);
				if (kept) return cache.put(url, kept);
			}
		// What goes by the same name in every version must not come from the browser's own cache.
		const response = await fetch(url, { cache: isImmutable(path) ? 'default' : 'reload' });
		if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
		// Some hosts send from one form of a page's address to another; a page may not be answered with such an answer.
		await cache.put(url, response.redirected ? new Response(response.body, response) : response);
	}

	async #versions(): Promise<string[]> {
		const prefix = cachePrefix(this.#scope);
		return (await caches.keys()).filter((name) => name.startsWith(prefix));
	}

	#urlOf(path: string): string {
		return `${this.#scope}${path}`;
	}
}
