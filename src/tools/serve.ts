import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import { relative, resolve, sep } from 'node:path';
import compression from 'compression';
import serveStatic from 'serve-static';
import { cacheControl, CACHE_FOREVER, CACHE_VALIDATED, COMMON_HEADERS } from './site-headers';

/**
 * Serves the built site: files, packed where the browser takes that, `index.html` of a folder, 404 for all else. It is the
 * server of `npm start`, of the npm package, of the container image and of the tests.
 */

export interface ServeOptions {
	/** The folder to serve. */
	readonly folder: string;
	/** The first port to try; 0 takes any free one. */
	readonly port: number;
	/** Whether only that port will do. Otherwise the next free one is taken. */
	readonly isPortFixed?: boolean;
	/** The address to listen on; without one, those that only this machine can reach. */
	readonly host?: string;
	/** The path that the folder stands under, `/` or `/some/sub/path/`. */
	readonly base: string;
	/** Whether files go out packed where the browser takes that; they do unless set otherwise. */
	readonly isPacked?: boolean;
}

export interface StaticSite {
	/** Where the folder is found, with a slash at the end. */
	readonly url: string;
	close(): Promise<void>;
}

// Browsers try both addresses of localhost: hold both, so that no other program answers in our place.
const LOOPBACK = ['127.0.0.1', '::1'];
const PORTS_TO_TRY = 100;
/** The highest number that a port can have. */
export const HIGHEST_PORT = 65_535;
/** Addresses that stand for every address of this machine. */
const ANY_ADDRESS = ['0.0.0.0', '::'];

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The base path without its last slash: '' for the root. */
function basePath(base: string): string {
	const trimmed = base.replace(/^\/+|\/+$/g, '');
	return trimmed === '' ? '' : `/${trimmed}`;
}

/**
 * A tag of the file's content. Size and time do not do: the files of every version of an npm package have the same time,
 * and a page has the same size when only the names of its scripts change.
 */
function contentTag(file: string): string {
	return `W/"${createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 22)}"`;
}

function siteHandler({ folder, isPacked = true }: ServeOptions, base: string): Handler {
	const root = resolve(folder);
	const serveFile = serveStatic(root, {
		index: ['index.html'],
		redirect: true,
		etag: false,
		lastModified: false,
		setHeaders: (response, file) => {
			const cache = cacheControl(relative(root, file).split(sep).join('/'));
			response.setHeader('cache-control', cache);
			if (cache !== CACHE_FOREVER) response.setHeader('etag', contentTag(file));
		}
	});
	const pack = compression();
	return (request, response) => {
		for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
		response.setHeader('cache-control', CACHE_VALIDATED);
		const refuse = (status: number, text: string) => {
			response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
			response.end(`${text}\n`);
		};
		const notFound = () => refuse(404, 'Not found');
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			response.setHeader('allow', 'GET, HEAD');
			return refuse(405, 'Method not allowed');
		}
		const url = request.url ?? '/';
		const path = url.split('?', 1)[0] ?? url;
		if (path !== base && !path.startsWith(`${base}/`)) return notFound();
		// What serve-static expects of a folder that is mounted under a path: it redirects to the full address.
		const mounted = Object.assign(request, { originalUrl: url });
		mounted.url = path === base ? `/${url.slice(path.length)}` : url.slice(base.length);
		const answer = () => serveFile(mounted, response, notFound);
		if (!isPacked) return answer();
		// Its types are those of a framework that is not used here.
		pack(mounted as never, response as never, answer);
	};
}

function listen(handler: Handler, port: number, host: string): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer(handler);
		server.once('error', reject);
		server.listen(port, host, () => resolve(server));
	});
}

function closeServer(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Listens on all addresses at one port; null where it is taken on any of them. */
async function listenOn(hosts: readonly string[], handler: Handler, port: number): Promise<Server[] | null> {
	const servers: Server[] = [];
	for (const host of hosts) {
		try {
			const server = await listen(handler, port, host);
			servers.push(server);
			port = (server.address() as AddressInfo).port;
		} catch (error) {
			// A machine without IPv6 has one address only.
			const absent = codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT';
			if (absent && servers.length > 0) continue;
			await Promise.all(servers.map(closeServer));
			if (codeOf(error) === 'EADDRINUSE') return null;
			throw new Error(whyNotListening(codeOf(error), host, port), { cause: error });
		}
	}
	return servers;
}

function whyNotListening(code: unknown, host: string, port: number): string {
	if (code === 'EACCES')
		return `Port ${port} is not allowed for this user. Choose one from 1024 on with --port.`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
		return `This machine has no address ${host}. Choose one of its own with --host, or 0.0.0.0 for all.`;
	return `Cannot listen on ${host}, port ${port} (${String(code)}).`;
}

/** The name by which a browser on this machine, or on another for an address of the network, finds the server. */
function hostInUrl(host: string | undefined): string {
	if (host === undefined || ANY_ADDRESS.includes(host)) return 'localhost';
	return isIPv6(host) ? `[${host}]` : host;
}

/**
 * Starts a server on this machine's own addresses or on the one that is chosen.
 * @throws {Error} with a sentence for people, where the port or the address cannot be had
 */
export async function serve(options: ServeOptions): Promise<StaticSite> {
	const base = basePath(options.base);
	const handler = siteHandler(options, base);
	const { port: first, host, isPortFixed = false } = options;
	const last = first === 0 || isPortFixed ? first : Math.min(first + PORTS_TO_TRY - 1, HIGHEST_PORT);
	for (let tried = first; tried <= last; tried++) {
		const servers = await listenOn(host === undefined ? LOOPBACK : [host], handler, tried);
		if (!servers) continue;
		const { port } = servers[0]!.address() as AddressInfo;
		return {
			url: `http://${hostInUrl(host)}:${port}${base}/`,
			close: async () => {
				await Promise.all(servers.map(closeServer));
			}
		};
	}
	throw new Error(
		first === last
			? `Port ${first} is taken by another program. Stop that one, or choose another port with --port.`
			: `All ports from ${first} to ${last} are taken. Choose another one with --port.`
	);
}
