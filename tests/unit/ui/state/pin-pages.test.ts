import { describe, expect, it, vi } from 'vitest';
import type { Life, LivesRequest } from '../../../../src/lib/model/life';
import type { PinListRequest } from '../../../../src/lib/model/query';
import { PinLives } from '../../../../src/lib/ui/state/pin-lives.svelte';
import { PinPages } from '../../../../src/lib/ui/state/pin-pages.svelte';
import type { WorkspaceClient } from '../../../../src/lib/worker/page/workspace-client';
import { openQuery } from '../../../support/memory-workspace';

/** Rows that come into sight are asked for once; a worker that fails cannot be had on demand. */

const rowAt = (place: number) => ({ pinId: `pin ${place}` });
const rows = (first: number, count: number) => Array.from({ length: count }, (_, i) => rowAt(first + i));

describe('the full list of Pins', () => {
	function listOf(total: number, there: number) {
		const asked: number[] = [];
		let fails = false;
		const client = {
			pins: async (_: AbortSignal, { first, count }: PinListRequest) => {
				asked.push(first);
				if (fails) throw new Error('ended');
				return { rows: rows(first, Math.min(count, total - first)), total };
			}
		} as unknown as WorkspaceClient;
		const list = { query: openQuery(), compared: null, words: '' };
		const pages = new PinPages(client, list, { rows: rows(0, there), total } as never);
		return { pages, asked, fail: (isFailing: boolean) => (fails = isFailing) };
	}

	it('asks for the rows in sight, a page at a time, each page once', async () => {
		const { pages, asked } = listOf(1_000, 50);
		pages.need(0, 20);
		expect(pages.row(7)).toEqual(rowAt(7)); // was there
		pages.need(190, 210);
		pages.need(150, 299);
		expect(asked).toEqual([0, 100, 200]);
		await vi.waitUntil(() => pages.row(299) !== undefined);
		expect([99, 100, 205].map((place) => pages.row(place))).toEqual([99, 100, 205].map(rowAt));
		expect(pages.row(300)).toBeUndefined();
	});

	it('asks for nothing that is there already', () => {
		const short = listOf(40, 40);
		short.pages.need(0, 39);
		const whole = listOf(500, 200);
		whole.pages.need(0, 199);
		expect([short.asked, whole.asked]).toEqual([[], []]);
	});

	it('asks again where rows could not be had', async () => {
		const { pages, asked, fail } = listOf(300, 50);
		fail(true);
		pages.need(100, 120);
		await vi.waitUntil(() => asked.length === 1);
		fail(false);
		await vi.waitUntil(() => {
			pages.need(100, 120);
			return pages.row(100) !== undefined;
		});
		expect(asked).toEqual([100, 100]);
	});
});

describe('the lives of Pins', () => {
	const life: Life = { age: 30, halfAge: 4, grows: true };
	const about = {
		query: openQuery(),
		allDays: { from: '2026-01-01', to: '2026-06-30' },
		figure: 'saves'
	} as const;

	it('are asked for once each, and a Pin without one has none', async () => {
		const asked: (readonly string[])[] = [];
		const client = {
			lives: async (_: AbortSignal, { pinIds }: LivesRequest) => {
				asked.push(pinIds);
				return pinIds.map((id) => (id === 'no life' ? null : life));
			}
		} as unknown as WorkspaceClient;
		const lives = new PinLives(client, about);
		lives.need(['1', 'no life']);
		lives.need(['1', '2', 'no life']);
		lives.need(['2']);
		expect(lives.of('1')).toBeUndefined(); // not there yet
		await vi.waitUntil(() => lives.of('2') !== undefined);
		expect([lives.of('1'), lives.of('2'), lives.of('no life')]).toEqual([life, life, null]);
		expect(asked).toEqual([['1', 'no life'], ['2']]);
	});

	it('are asked for again where they could not be had', async () => {
		let times = 0;
		const client = {
			lives: async () => {
				if (++times === 1) throw new Error('ended');
				return [life];
			}
		} as unknown as WorkspaceClient;
		const lives = new PinLives(client, about);
		await vi.waitUntil(() => {
			lives.need(['1']);
			return lives.of('1') !== undefined;
		});
		expect(times).toBe(2);
	});
});
