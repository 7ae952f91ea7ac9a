import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InboxLook, InboxScope, TakenFile } from '../../../../src/lib/model/inbox';
import { InboxLooks, type LooksTarget } from '../../../../src/lib/ui/inbox/inbox-looks';

const NOTHING = { state: 'looked', taken: [], waiting: 0, againInMs: null, closed: [], empty: [] } as const;
const stamp = { name: 'a.csv', byteLength: 1, modifiedMs: 1 };
const FILE: TakenFile = { file: new File(['x'], 'a.csv'), stamp, isEdition: false };
const found = (some: Partial<Extract<InboxLook, { state: 'looked' }>>): InboxLook => ({
	...NOTHING,
	...some
});

/** A folder that answers with one look after the other, and what was done with it. */
class Folder implements LooksTarget {
	readonly done: string[] = [];
	readonly looks: InboxLook[];
	onTake: (() => Promise<void>) | null = null;
	failure: Error | null = null;

	constructor(...looks: InboxLook[]) {
		this.looks = looks;
	}
	look = async (scope: InboxScope): Promise<InboxLook> => {
		this.done.push(`look ${typeof scope === 'string' ? scope : `[${scope.join()}]`}`);
		if (this.failure) throw this.failure;
		return this.looks.shift() ?? NOTHING;
	};
	take = async (files: readonly TakenFile[]): Promise<void> => {
		this.done.push(`take ${files.map(({ stamp }) => stamp.name).join()}`);
		await this.onTake?.();
	};
	inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
		this.done.push('in turn');
		return work();
	};
	onLook = (look: InboxLook | null, isOver: boolean): void => {
		if (isOver) this.done.push(`over, ${look?.state ?? 'nothing'}`);
	};
	onFailed = (error: unknown): void => void this.done.push(`failed: ${(error as Error).message}`);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('one look after the other', () => {
	it('looks again at files that wait, until they are taken, and gives other tabs their turn between', async () => {
		const folder = new Folder(found({ waiting: 1, againInMs: 2_000 }), found({ taken: [FILE] }));
		new InboxLooks(folder, new AbortController().signal).want('usual');
		await vi.advanceTimersByTimeAsync(1_999);
		expect(folder.done).toEqual(['in turn', 'look usual']);
		await vi.advanceTimersByTimeAsync(1);
		expect(folder.done.slice(2)).toEqual(['in turn', 'look []', 'take a.csv', 'over, looked']);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('joins what is wanted while it looks into one more look', async () => {
		const folder = new Folder(found({ taken: [FILE] }));
		let go = () => {};
		folder.onTake = () => new Promise((resolve) => (go = resolve));
		const looks = new InboxLooks(folder, new AbortController().signal);
		looks.want(['a.csv']);
		await vi.advanceTimersByTimeAsync(0);
		for (const scope of [['b.csv'], ['c.csv', 'b.csv'], ['d.csv']]) looks.want(scope);
		go();
		await vi.advanceTimersByTimeAsync(0);
		expect(folder.done.filter((each) => each.startsWith('look'))).toEqual([
			'look [a.csv]',
			'look [b.csv,c.csv,d.csv]'
		]);
		looks.want(['a.csv']);
		looks.want('usual');
		looks.want('thorough');
		looks.want('usual');
		await vi.advanceTimersByTimeAsync(0);
		expect(folder.done.filter((each) => each.startsWith('look')).slice(2)).toEqual([
			'look [a.csv]',
			'look thorough'
		]);
	});

	it('does not wait for a file that stands still where something else has changed', async () => {
		const folder = new Folder(found({ waiting: 1, againInMs: 2_000 }));
		const looks = new InboxLooks(folder, new AbortController().signal);
		looks.want('usual');
		await vi.advanceTimersByTimeAsync(10);
		looks.want(['b.csv']);
		await vi.advanceTimersByTimeAsync(0);
		expect(folder.done).toContain('look [b.csv]');
	});

	it('takes nothing once the folder is left', async () => {
		const folder = new Folder(found({ taken: [FILE] }), found({ taken: [FILE] }));
		const leaving = new AbortController();
		const looks = new InboxLooks(folder, leaving.signal);
		looks.want('usual');
		leaving.abort();
		await vi.advanceTimersByTimeAsync(5_000);
		looks.want('usual');
		await vi.advanceTimersByTimeAsync(5_000);
		expect(folder.done.some((each) => each.startsWith('take'))).toBe(false);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('tells of a folder that cannot be read, and of a failure, and looks again when that is wanted', async () => {
		const folder = new Folder({ state: 'not_allowed' });
		const looks = new InboxLooks(folder, new AbortController().signal);
		looks.want('usual');
		await vi.advanceTimersByTimeAsync(0);
		expect(folder.done.at(-1)).toBe('over, not_allowed');
		folder.failure = new Error('the worker ended');
		looks.want('usual');
		await vi.advanceTimersByTimeAsync(0);
		expect(folder.done.at(-1)).toBe('failed: the worker ended');
		folder.failure = null;
		looks.want('usual');
		await vi.advanceTimersByTimeAsync(0);
		expect(folder.done.at(-1)).toBe('over, looked');
	});
});
