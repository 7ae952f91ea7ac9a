import { ProblemError, problemOf, type Problem } from '../../model/problem';

/**
 * Calls across threads: a request gets one answer, may report its progress meanwhile, and can be cancelled. The two
 * ends below are typed by a table of calls (protocol.ts).
 */

/** name → [what is asked, what is answered, what is reported meanwhile] */
type CallTable = { [name: string]: [unknown, unknown, unknown] };

type Request =
	| { readonly id: number; readonly name: string; readonly params: unknown }
	| { readonly id: number; readonly cancel: true };

type Reply =
	| { readonly id: number; readonly told: unknown }
	| { readonly id: number; readonly result: unknown }
	| { readonly id: number; readonly problem: Problem }
	| { readonly id: number; readonly isAborted: true };

/** A Worker, a MessagePort or a worker's own global. */
export interface Port {
	postMessage(message: unknown, transfer?: Transferable[]): void;
	addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

interface Pending {
	readonly resolve: (result: unknown) => void;
	readonly reject: (reason: unknown) => void;
	readonly onTold: ((told: unknown) => void) | undefined;
	readonly release: () => void;
}

/** The asking end. */
export class Caller<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }> {
	readonly #port: Port;
	readonly #pending = new Map<number, Pending>();
	#lastId = 0;

	constructor(port: Port) {
		this.#port = port;
		port.addEventListener('message', (event) => this.#receive(event.data as Reply));
	}

	/**
	 * Asks. Rejects with ProblemError. On abort the other end gets a request to stop, and its answer is still waited for: it
	 * may have something to say of what was done until then; if not, this rejects with the signal's reason.
	 */
	call<Name extends keyof Table & string>(
		signal: AbortSignal | null,
		name: Name,
		params: Table[Name][0],
		onTold?: (told: Table[Name][2]) => void,
		transfer: Transferable[] = []
	): Promise<Table[Name][1]> {
		return new Promise<unknown>((resolve, reject) => {
			if (signal?.aborted) return reject(signal.reason);
			const id = ++this.#lastId;
			const cancel = () => this.#port.postMessage({ id, cancel: true } satisfies Request);
			signal?.addEventListener('abort', cancel, { once: true });
			this.#pending.set(id, {
				resolve,
				reject,
				onTold: onTold as ((told: unknown) => void) | undefined,
				release: () => signal?.removeEventListener('abort', cancel)
			});
			this.#port.postMessage({ id, name, params } satisfies Request, transfer);
		}) as Promise<Table[Name][1]>;
	}

	/** Rejects everything that is under way: the other end is gone. */
	fail(problem: Problem): void {
		for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(new ProblemError(problem));
	}

	#receive(reply: Reply): void {
		if ('told' in reply) return this.#pending.get(reply.id)?.onTold?.(reply.told);
		const pending = this.#settle(reply.id);
		if (!pending) return; // the other end was given up meanwhile
		if ('result' in reply) pending.resolve(reply.result);
		else if ('problem' in reply) pending.reject(new ProblemError(reply.problem));
		else pending.reject(new DOMException('The call was cancelled.', 'AbortError'));
	}

	#settle(id: number): Pending | undefined {
		const pending = this.#pending.get(id);
		this.#pending.delete(id);
		pending?.release();
		return pending;
	}
}

/** What answers a call. Bad data is thrown as ProblemError; an aborted signal as its reason. */
export type Handlers<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }> = {
	[Name in keyof Table]: (
		signal: AbortSignal,
		params: Table[Name][0],
		tell: (told: Table[Name][2]) => void
	) => Promise<Table[Name][1]>;
};

/** What moves to the asking thread with a result instead of being copied. */
const moving = new WeakMap<object, Transferable[]>();

/** Has memory of a result move along with it: its columns are of no more use here. */
export function moved<Result extends object>(
	result: Result,
	columns: readonly { buffer: ArrayBufferLike }[]
): Result {
	moving.set(
		result,
		columns.map(({ buffer }) => buffer as ArrayBuffer)
	);
	return result;
}

/** What is answered at a port by now. */
const tables = new WeakMap<Port, Handlers<CallTable>>();

/**
 * The answering end: runs a handler per call, each with a signal of its own. One port can be given several tables of
 * calls, one after the other.
 */
export function answerCalls<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }>(
	port: Port,
	handlers: Handlers<Table>
): void {
	const more = handlers as unknown as Handlers<CallTable>;
	const earlier = tables.get(port);
	if (earlier) return void Object.assign(earlier, more);
	const byName = { ...more };
	tables.set(port, byName);
	const running = new Map<number, AbortController>();
	port.addEventListener('message', (event) => {
		const request = event.data as Request;
		if ('cancel' in request) running.get(request.id)?.abort();
		else void answer(request);
	});

	async function answer({ id, name, params }: Extract<Request, { name: string }>): Promise<void> {
		const controller = new AbortController();
		const { signal } = controller;
		running.set(id, controller);
		const reply = (message: Reply, transfer: Transferable[] = []) => port.postMessage(message, transfer);
		try {
			const handler = byName[name];
			if (!handler) throw new Error(`no such call: ${name}`);
			const result = await handler(signal, params, (told) => reply({ id, told }));
			reply({ id, result }, moving.get(result as object));
		} catch (error) {
			reply(signal.aborted ? { id, isAborted: true } : { id, problem: problemOf(error) });
		} finally {
			running.delete(id);
		}
	}
}
