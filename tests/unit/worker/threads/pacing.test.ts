import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { paceOf } from '../../../../src/lib/worker/threads/pacing';

describe('paceOf', () => {
	beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
	afterEach(() => void vi.useRealTimers());

	it('goes straight on until its turn is over, then lets messages in, and starts a new turn', async () => {
		const pace = paceOf(new AbortController().signal);
		expect(pace()).toBeUndefined();
		vi.advanceTimersByTime(50);
		const channel = new MessageChannel();
		let isLetIn = false;
		channel.port1.onmessage = () => (isLetIn = true);
		channel.port2.postMessage(null);
		await pace();
		channel.port1.close();
		expect(isLetIn).toBe(true);
		expect(pace()).toBeUndefined();
	});

	it('throws the reason once aborted, also where that came while it let messages in', async () => {
		const controller = new AbortController();
		const pace = paceOf(controller.signal);
		const reason = new DOMException('not wanted', 'AbortError');
		vi.advanceTimersByTime(50);
		const turn = pace();
		controller.abort(reason);
		await expect(turn).rejects.toBe(reason);
		expect(() => pace()).toThrow(reason);
	});
});
