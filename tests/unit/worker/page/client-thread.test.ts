import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Thread } from '../../../../src/lib/worker/page/client-thread';

/** A browser ends workers when it likes: here one is ended, or answers, when the test says so. */

interface Calls extends Record<string, [unknown, unknown, unknown]> {
	figures: [string, string, never];
	open: [null, string, never];
}
type Sent = { readonly id: number; readonly name: string; readonly params: unknown };

class FakeWorker extends EventTarget {
	readonly sent: Sent[] = [];
	isTerminated = false;
	postMessage = (message: Sent) => void this.sent.push(message);
	terminate = () => void (this.isTerminated = true);
	/** What startModuleWorker calls when the worker is no more. */
	end = () => {};

	/** Answers the newest call. */
	answer(result: string): void {
		const { id } = this.sent.at(-1)!;
		this.dispatchEvent(new MessageEvent('message', { data: { id, result } }));
	}
}

let workers: FakeWorker[];
vi.mock('../../../../src/lib/worker/threads/module-worker', () => ({
	startModuleWorker: (_: string, onGone: () => void) => {
		const worker = new FakeWorker();
		worker.end = onGone;
		workers.push(worker);
		return worker;
	}
}));

let page: EventTarget;
let thread: Thread<Calls>;

beforeEach(() => {
	workers = [];
	page = new EventTarget();
	vi.stubGlobal('document', { baseURI: 'https://tackboard.example/' });
	vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
	thread = new Thread<Calls>('./data.js');
});
afterEach(() => {
	vi.unstubAllGlobals();
});

const sentTo = (worker: number) => vi.waitUntil(() => (workers[worker]?.sent.length ?? 0) > 0);

describe('a worker', () => {
	it('is started with the first call, once for all', async () => {
		expect(workers).toHaveLength(0);
		const first = thread.call(null, 'figures', 'a');
		await sentTo(0);
		workers[0]!.answer('one');
		const second = thread.call(null, 'figures', 'b');
		await vi.waitUntil(() => workers[0]!.sent.length === 2);
		workers[0]!.answer('two');
		expect([await first, await second, workers.length]).toEqual(['one', 'two', 1]);
	});

	it('that ends fails its calls, and the next call starts another', async () => {
		const call = thread.call(null, 'figures', 'a');
		await sentTo(0);
		workers[0]!.end();
		await expect(call).rejects.toMatchObject({ problem: { code: 'worker_ended' } });
		const next = thread.call(null, 'figures', 'a');
		await sentTo(1);
		workers[0]!.end(); // is told of late: the new one is not lost with it
		workers[1]!.answer('anew');
		expect(await next).toBe('anew');
	});

	it('that ends in the middle of what only reads is asked once more, and not twice', async () => {
		const told = vi.fn();
		thread.onAskedAgain = told;
		const asked = thread.ask(null, 'figures', 'a');
		await sentTo(0);
		workers[0]!.end();
		await sentTo(1);
		workers[1]!.answer('after all');
		expect([await asked, told.mock.calls.length]).toEqual(['after all', 1]);
		const again = thread.ask(null, 'figures', 'b');
		await vi.waitUntil(() => workers[1]!.sent.length === 2);
		workers[1]!.end();
		await sentTo(2);
		workers[2]!.end();
		await expect(again).rejects.toMatchObject({ problem: { code: 'worker_ended' } });
	});

	it('is not asked again by who has lost interest', async () => {
		const interest = new AbortController();
		const asked = thread.ask(interest.signal, 'figures', 'a');
		await sentTo(0);
		interest.abort();
		workers[0]!.end();
		await expect(asked).rejects.toBeDefined();
		expect(workers).toHaveLength(1);
	});

	it('that stands in for one that ended is brought to where that one was first', async () => {
		thread.reopen = (calls) => calls.call(null, 'open', null);
		const first = thread.call(null, 'figures', 'a');
		await sentTo(0);
		workers[0]!.end();
		await expect(first).rejects.toBeDefined();
		const next = thread.call(null, 'figures', 'b');
		await sentTo(1);
		expect(workers[1]!.sent.map(({ name }) => name)).toEqual(['open']);
		workers[1]!.answer('opened');
		await vi.waitUntil(() => workers[1]!.sent.length === 2);
		expect(workers[1]!.sent[1]).toMatchObject({ name: 'figures', params: 'b' });
		workers[1]!.answer('figures');
		expect(await next).toBe('figures');
	});

	it('that cannot start says why', async () => {
		const call = thread.call(null, 'figures', 'a');
		await sentTo(0);
		workers[0]!.dispatchEvent(Object.assign(new Event('error'), { message: 'no such file' }));
		await expect(call).rejects.toMatchObject({ problem: { code: 'unexpected', detail: 'no such file' } });
		expect(workers[0]!.isTerminated).toBe(true);
	});

	it('ends with its page, and a page that comes back has another', async () => {
		const call = thread.ask(null, 'figures', 'a');
		await sentTo(0);
		page.dispatchEvent(new Event('pagehide'));
		expect(workers[0]!.isTerminated).toBe(true);
		page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
		await sentTo(1);
		workers[1]!.answer('back');
		expect(await call).toBe('back');
	});

	it('that is closed is started by no call', async () => {
		const call = thread.call(null, 'figures', 'a');
		await sentTo(0);
		thread.close();
		await expect(call).rejects.toMatchObject({ problem: { code: 'newer_version' } });
		await expect(thread.call(null, 'figures', 'a')).rejects.toMatchObject({
			problem: { code: 'newer_version' }
		});
		expect([workers.length, workers[0]!.isTerminated]).toEqual([1, true]);
	});
});
