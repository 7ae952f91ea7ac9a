import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What stands before a host in practice: it lets pages of other sites ask. ClickHouse does that by itself from release
 * 21.10 on (`http_options_response`); 18.16 does not answer preflight requests.
 */
const CORS = {
	'access-control-allow-origin': '*',
	'access-control-allow-methods': 'POST',
	'access-control-allow-headers': 'x-clickhouse-user, x-clickhouse-key',
	'access-control-max-age': '86400'
};

export interface Proxy {
	readonly url: string;
	close(): Promise<void>;
}

/** Passes everything on to a port of this machine. */
export async function openProxy(toPort: number): Promise<Proxy> {
	const server = createServer((from, to) => {
		if (from.method === 'OPTIONS') {
			to.writeHead(204, CORS).end();
			return;
		}
		const { method, url, headers } = from;
		const onward = request({ host: '127.0.0.1', port: toPort, method, path: url, headers }, (answer) => {
			to.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...CORS });
			answer.pipe(to);
		});
		onward.on('error', () => {
			if (!to.headersSent) to.writeHead(502, CORS);
			to.end();
		});
		to.on('close', () => onward.destroy());
		from.pipe(onward);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		close: () =>
			new Promise((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			})
	};
}
