import { afterEach, describe, expect, it, vi } from 'vitest';
import { startNestedThread } from '../../../../src/lib/worker/threads/nested-thread';

/** A thread that cannot be loaded is nothing that a browser does on demand: one stands in for it. */
class WorkerThatFailsToLoad extends EventTarget {
	postMessage(): void {}
	terminate(): void {}
	fail(): void {
		this.dispatchEvent(Object.assign(new Event('error'), { message: 'failed to load' }));
	}
}

afterEach(() => vi.unstubAllGlobals());

describe('a thread that could not be loaded', () => {
	it('fails what was asked of it, and is known to be gone, so that another is started', async () => {
		const worker = new WorkerThatFailsToLoad();
		vi.stubGlobal('Worker', function () {
			return worker;
		});
		const thread = startNestedThread<{ count: [null, number, never] }>('http://localhost/thread.js');
		const asked = thread.calls.call(null, 'count', null);
		expect(thread.isGone).toBe(false);
		worker.fail();
		await expect(asked).rejects.toMatchObject({ problem: { code: 'unexpected' } });
		expect(thread.isGone).toBe(true);
	});
});
