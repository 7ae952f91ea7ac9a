import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import compression from 'compression';
import serveStatic from 'serve-static';
import { isMain } from './is-main';
import { whenToldToEnd } from './parent';

/**
 * Serves the built site as the plainest static host would: files, packed where the browser takes that, `index.html` of
 * a folder, 404 for all else.
 */

export interface ServeOptions {
	/** The folder to serve. */
	readonly folder: string;
	/** The first port to try; 0 takes any free one. */
	readonly port: number;
	/** The path that the folder stands under, `/` or `/some/sub/path/`. */
	readonly base: string;
	/** Whether files go out packed where the browser takes that; they do unless told otherwise. */
	readonly isPacked?: boolean;
}

export interface StaticSite {
	/** Where the folder is found, with a slash at the end. */
	readonly url: string;
	close(): Promise<void>;
}

// Browsers try both addresses of localhost: hold both, so that no other program answers in our place.
const LOOPBACK = ['127.0.0.1', '::1'];
const DEFAULT_PORT = 4173;
const PORTS_TO_TRY = 100;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The base path without its last slash: '' for the root. */
function basePath(base: string): string {
	const trimmed = base.replace(/^\/+|\/+$/g, '');
	return trimmed === '' ? '' : `/${trimmed}`;
}

function siteHandler({ folder, isPacked = true }: ServeOptions, base: string): Handler {
	const serveFile = serveStatic(folder, { index: ['index.html'], redirect: true });
	const pack = compression();
	return (request, response) => {
		const notFound = () => {
			response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
			response.end('Not found\n');
		};
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

/** Listens on both addresses at one port; null where either is taken. */
async function listenOnLoopback(handler: Handler, port: number): Promise<Server[] | null> {
	const servers: Server[] = [];
	for (const host of LOOPBACK) {
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
			throw error;
		}
	}
	return servers;
}

/** Starts a server on this machine's own addresses, at the first free port from `port` on. */
export async function serve(options: ServeOptions): Promise<StaticSite> {
	const base = basePath(options.base);
	const handler = siteHandler(options, base);
	for (let tried = 0; tried < PORTS_TO_TRY; tried++) {
		const servers = await listenOnLoopback(handler, options.port === 0 ? 0 : options.port + tried);
		if (!servers) continue;
		const { port } = servers[0]!.address() as AddressInfo;
		return {
			url: `http://localhost:${port}${base}/`,
			close: async () => {
				await Promise.all(servers.map(closeServer));
			}
		};
	}
	throw new Error(`no free port from ${options.port} to ${options.port + PORTS_TO_TRY - 1}`);
}

/**
 * Serves as the command line says until this process is asked to end, or the one that started it is gone: a server that
 * nobody can see any more would hold its port for good.
 */
export async function serveFromCommandLine(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: process.env.PORT || String(DEFAULT_PORT) },
			base: { type: 'string', default: '/' },
			folder: { type: 'string', default: 'build' },
			unpacked: { type: 'boolean', default: false }
		}
	});
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new Error(`the port must be a whole number from 0 to 65535: ${values.port}`);
	const { folder, base, unpacked } = values;
	const site = await serve({ folder, port, base, isPacked: !unpacked });
	whenToldToEnd(() => void site.close());
	console.log(`Tackboard is at ${site.url}`);
}

if (isMain(import.meta.url)) {
	serveFromCommandLine().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 2;
	});
}
