import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Caller, answerCalls, moved, type Handlers } from '../../../../src/lib/worker/threads/call';
import { ProblemError } from '../../../../src/lib/model/problem';

interface Calls {
	double: [number, number, never];
	count: [{ readonly to: number }, string, number];
	wait: [null, string, string];
	fail: [{ readonly how: 'problem' | 'error' | 'quota' }, never, never];
	measure: [{ readonly bytes: Uint8Array }, number, never];
	make: [number, { readonly bytes: Uint8Array }, never];
}

/** What was answered last, as it is left with the one who answered. */
let made = { bytes: new Uint8Array() };

/** Handlers that the test can hold up: `wait` reports that it has started, and ends only by being cancelled. */
const handlers: Handlers<Calls> = {
	double: async (_, n) => n * 2,
	count: async (_, { to }, tell) => {
		for (let i = 1; i <= to; i++) tell(i);
		return `counted to ${to}`;
	},
	wait: (signal, _, tell) =>
		new Promise((_, reject) => {
			signal.addEventListener('abort', () => reject(signal.reason as Error));
			tell('started');
		}),
	fail: async (_, { how }) => {
		if (how === 'problem') throw new ProblemError({ code: 'unclosed_quote', line: 3 });
		if (how === 'quota') throw Object.assign(new Error('disk full'), { name: 'QuotaExceededError' });
		throw new TypeError('no such thing');
	},
	measure: async (_, { bytes }) => bytes.length,
	make: async (_, length) => {
		made = { bytes: new Uint8Array(length) };
		return moved(made, [made.bytes]);
	}
};

let channel: MessageChannel;
let caller: Caller<Calls>;

function connect(changes: Partial<Handlers<Calls>> = {}): void {
	channel = new MessageChannel();
	answerCalls<Calls>(channel.port1, { ...handlers, ...changes });
	caller = new Caller<Calls>(channel.port2);
	channel.port1.start();
	channel.port2.start();
}

beforeEach(() => connect());
afterEach(() => {
	channel.port1.close();
	channel.port2.close();
});

/** Waits until a call reports something. */
function whenTold<T>(start: (onTold: (told: T) => void) => Promise<unknown>): {
	told: Promise<T>;
	answer: Promise<unknown>;
} {
	let resolve: (told: T) => void;
	const told = new Promise<T>((settle) => (resolve = settle));
	return { answer: start((value) => resolve(value)), told };
}

describe('a call', () => {
	it('moves what is large in an answer rather than copying it', async () => {
		const { bytes } = await caller.call(null, 'make', 3);
		expect(bytes).toHaveLength(3);
		expect(made.bytes).toHaveLength(0);
	});

	it('is answered', async () => {
		expect(await caller.call(null, 'double', 21)).toBe(42);
	});

	it('tells of its progress in order, before it is answered', async () => {
		const told: number[] = [];
		const answer = await caller.call(null, 'count', { to: 5 }, (n) => told.push(n));
		expect(told).toEqual([1, 2, 3, 4, 5]);
		expect(answer).toBe('counted to 5');
	});

	it('gets its own answer, when many are under way', async () => {
		const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => caller.call(null, 'double', i)));
		expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => i * 2));
	});

	it('hands over what it is told to transfer', async () => {
		const bytes = new Uint8Array(1_000);
		expect(await caller.call(null, 'measure', { bytes }, undefined, [bytes.buffer])).toBe(1_000);
		expect(bytes.length).toBe(0);
	});

	it.each([
		['problem', { code: 'unclosed_quote', line: 3 }],
		['quota', { code: 'storage_full' }],
		['error', { code: 'unexpected', detail: 'TypeError: no such thing' }]
	] as const)('that meets a %s rejects with it', async (how, problem) => {
		const call = caller.call(null, 'fail', { how });
		await expect(call).rejects.toBeInstanceOf(ProblemError);
		await expect(call).rejects.toMatchObject({ problem });
	});

	it('that nobody knows is a failure of the program', async () => {
		const other = new Caller<{ unheard: [null, null, never] }>(channel.port2);
		await expect(other.call(null, 'unheard', null)).rejects.toMatchObject({
			problem: { code: 'unexpected', detail: 'Error: no such call: unheard' }
		});
	});
});

describe('cancelling', () => {
	it('reaches the other end, and the call rejects with AbortError', async () => {
		const controller = new AbortController();
		const { told, answer } = whenTold<string>((onTold) =>
			caller.call(controller.signal, 'wait', null, onTold)
		);
		expect(await told).toBe('started');
		controller.abort();
		await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
	});

	it('stops only the call that it is meant for', async () => {
		const [kept, dropped] = [new AbortController(), new AbortController()];
		const first = whenTold<string>((onTold) => caller.call(kept.signal, 'wait', null, onTold));
		const second = whenTold<string>((onTold) => caller.call(dropped.signal, 'wait', null, onTold));
		await Promise.all([first.told, second.told]);
		dropped.abort();
		await expect(second.answer).rejects.toMatchObject({ name: 'AbortError' });
		expect(await Promise.race([first.answer, caller.call(null, 'double', 1)])).toBe(2);
		kept.abort();
		await expect(first.answer).rejects.toMatchObject({ name: 'AbortError' });
	});

	it('before the call sends nothing', async () => {
		const asked: number[] = [];
		connect({ double: async (_, n) => asked.push(n) });
		const reason = new DOMException('not wanted', 'AbortError');
		await expect(caller.call(AbortSignal.abort(reason), 'double', 1)).rejects.toBe(reason);
		await caller.call(null, 'double', 2);
		expect(asked).toEqual([2]);
	});

	it('lets a handler still say what it has done', async () => {
		connect({
			wait: (signal, _, tell) =>
				new Promise((resolve) => {
					signal.addEventListener('abort', () => resolve('done so far'));
					tell('started');
				})
		});
		const controller = new AbortController();
		const { told, answer } = whenTold<string>((onTold) =>
			caller.call(controller.signal, 'wait', null, onTold)
		);
		await told;
		controller.abort();
		expect(await answer).toBe('done so far');
	});

	it('after the answer does nothing', async () => {
		const controller = new AbortController();
		expect(await caller.call(controller.signal, 'double', 4)).toBe(8);
		controller.abort();
		expect(await caller.call(null, 'double', 5)).toBe(10);
	});
});

describe('when the other end dies', () => {
	it('all that is under way rejects, and late answers are let go', async () => {
		const { told, answer } = whenTold<string>((onTold) => caller.call(null, 'wait', null, onTold));
		await told;
		const double = caller.call(null, 'double', 1);
		caller.fail({ code: 'unexpected', detail: 'gone' });
		await expect(answer).rejects.toMatchObject({ problem: { code: 'unexpected', detail: 'gone' } });
		await expect(double).rejects.toMatchObject({ problem: { detail: 'gone' } });
		expect(await caller.call(null, 'double', 3)).toBe(6);
	});
});
