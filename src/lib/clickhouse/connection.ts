import { hostName, type Credentials, type DataHost } from '../model/host';
import { ProblemError } from '../model/problem';
import { HostProblem, hostProblem } from './host-problem';
import type { HostRows, Row } from './rows';
import type { Sql } from './sql';
import { valueRows } from './value-rows';

/**
 * Questions to a host over HTTP, and answers. Only questions that change nothing go this way, so one that met a passing
 * fault is asked again. User and password are sent in headers, and kept only here, in memory.
 */

export interface ConnectionOptions {
	readonly fetch: typeof fetch;
	/** How long one question may take, in milliseconds. */
	readonly timeLimitMs: number;
	/** How long to wait before each further try, in milliseconds. */
	readonly waitsMs: readonly number[];
	/** From 0 to 1: waits are spread, so that not all pages try again at once. */
	readonly random: () => number;
}

const DEFAULTS: ConnectionOptions = {
	fetch: (input, init) => fetch(input, init),
	timeLimitMs: 60_000,
	waitsMs: [400, 1_600],
	random: Math.random
};

export class Connection {
	readonly #host: DataHost;
	readonly #options: ConnectionOptions;
	#credentials: Credentials | null = null;

	constructor(host: DataHost, options: Partial<ConnectionOptions> = {}) {
		this.#host = host;
		this.#options = { ...DEFAULTS, ...options };
	}

	/** User and password from now on; null for none, which a host may accept too. */
	signIn(credentials: Credentials | null): void {
		this.#credentials = credentials;
	}

	/**
	 * Asks.
	 * @throws ProblemError, or the signal's reason where it was aborted: then the host is asked to stop
	 */
	async ask(signal: AbortSignal, question: Sql): Promise<HostRows> {
		const { waitsMs, random } = this.#options;
		for (let tries = 0; ; tries++) {
			try {
				return await this.#askOnce(signal, question);
			} catch (error) {
				const waitMs = waitsMs[tries];
				if (!(error instanceof HostProblem) || !error.mayPass || waitMs === undefined) throw error;
				await pause(signal, waitMs * (0.5 + random()));
			}
		}
	}

	async #askOnce(signal: AbortSignal, question: Sql): Promise<HostRows> {
		signal.throwIfAborted();
		const host = hostName(this.#host);
		const id = newId();
		const stop = new AbortController();
		const abort = () => stop.abort();
		signal.addEventListener('abort', abort, { once: true });
		let isLate = false;
		const timer = setTimeout(() => {
			isLate = true;
			stop.abort();
		}, this.#options.timeLimitMs);
		try {
			const response = await this.#send(id, question, stop.signal);
			return readAnswer(host, response.status, await response.text());
		} catch (error) {
			if (stop.signal.aborted) this.#kill(id);
			signal.throwIfAborted();
			if (isLate) throw new HostProblem({ code: 'host_too_slow', host }, false);
			if (error instanceof ProblemError) throw error;
			throw new HostProblem({ code: 'host_unreachable', host }, true);
		} finally {
			clearTimeout(timer);
			signal.removeEventListener('abort', abort);
		}
	}

	#send(id: string, { text, values }: Sql, signal: AbortSignal): Promise<Response> {
		const url = new URL(this.#host.url);
		const statement = `${text.replace(/\s+/g, ' ')} FORMAT JSONCompact`;
		url.searchParams.set('query_id', id);
		// Until all is counted nothing is sent: a failure then has a status of its own.
		url.searchParams.set('wait_end_of_query', '1');
		if (values.size === 0) return this.#post(url, statement, signal);
		const form = new FormData();
		for (const [name, rows] of values) {
			url.searchParams.set(`${name}_structure`, 'v String');
			url.searchParams.set(`${name}_format`, 'TabSeparated');
			form.append(name, new Blob([valueRows(rows)]), name);
		}
		url.searchParams.set('query', statement);
		return this.#post(url, form, signal);
	}

	#post(url: URL, body: string | FormData, signal: AbortSignal | null): Promise<Response> {
		const headers: Record<string, string> = {};
		if (this.#credentials) {
			headers['X-ClickHouse-User'] = headerText(this.#credentials.user);
			headers['X-ClickHouse-Key'] = headerText(this.#credentials.password);
		}
		return this.#options.fetch(url.href, {
			method: 'POST',
			body,
			headers,
			signal,
			credentials: 'omit',
			cache: 'no-store',
			referrerPolicy: 'no-referrer'
		});
	}

	/** Has the host stop what is no longer needed, in case it does not notice by itself. */
	#kill(id: string): void {
		const url = new URL(this.#host.url);
		this.#post(url, `KILL QUERY WHERE query_id = '${id}' ASYNC`, null).catch(() => {});
	}
}

/** A name for a question, made here of hexadecimal digits alone. */
function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Headers hold bytes: a text goes as its UTF-8. */
function headerText(text: string): string {
	return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function readAnswer(host: string, status: number, text: string): HostRows {
	if (status !== 200) throw hostProblem(host, status, text);
	let answer: { readonly data?: unknown; readonly totals?: unknown };
	try {
		answer = JSON.parse(text) as typeof answer;
	} catch {
		throw hostProblem(host, status, text);
	}
	const { data, totals } = answer;
	if (!Array.isArray(data) || !data.every(Array.isArray)) throw hostProblem(host, status, text);
	return { rows: data as Row[], totals: Array.isArray(totals) ? (totals as Row) : null };
}

/** Rejects with the signal's reason as soon as it is aborted. */
function pause(signal: AbortSignal, ms: number): Promise<void> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const abort = () => {
			clearTimeout(timer);
			reject(signal.reason as Error);
		};
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', abort);
			resolve();
		}, ms);
		signal.addEventListener('abort', abort, { once: true });
	});
}
