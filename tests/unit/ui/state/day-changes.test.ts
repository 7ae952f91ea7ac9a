import { describe, expect, it, vi } from 'vitest';
import type { Changes } from '../../../../src/lib/model/change';
import type { PageRequest, Piece } from '../../../../src/lib/model/page-request';
import { DayChanges, type DayQuestion } from '../../../../src/lib/ui/state/day-changes.svelte';
import type { Session } from '../../../../src/lib/ui/state/session.svelte';
import { openFilter, openQuery } from '../../../support/memory-workspace';

/** What made an unusual day. Answers that come late or not at all cannot be had on demand. */

const day = (from: string) => openQuery({ filter: openFilter({ from, to: from }) });
const questionOn = (from: string): DayQuestion => ({
	query: day(from),
	compared: day('2026-06-01'),
	metric: 'saves'
});

/** The changes of a day, which say no more than which day it is. */
const changesOn = (from: string) => ({ from }) as unknown as Changes;

function opened() {
	const asked: { readonly day: string; readonly answer: () => void; readonly fail: () => void }[] = [];
	const client = {
		ask: (_: AbortSignal, { query }: PageRequest, tell: (piece: Piece) => void) =>
			new Promise<void>((done, failed) => {
				const { from } = query.filter;
				const answer = () => {
					tell({ ask: 'changes', changes: changesOn(from) } as Piece);
					done();
				};
				asked.push({ day: from, answer, fail: () => failed(new Error('ended')) });
			})
	};
	return { asked, changes: new DayChanges({ client } as unknown as Session) };
}

describe('what made an unusual day', () => {
	it('is awaited, and then there', async () => {
		const { asked, changes } = opened();
		changes.watch(questionOn('2026-06-08'));
		expect([changes.isAsking, changes.changes]).toEqual([true, null]);
		asked[0]!.answer();
		await vi.waitUntil(() => !changes.isAsking);
		expect(changes.changes).toEqual(changesOn('2026-06-08'));
	});

	it('is never that of a day that was left, however late it comes', async () => {
		const { asked, changes } = opened();
		const stop = changes.watch(questionOn('2026-06-08'));
		stop();
		changes.watch(questionOn('2026-06-15'));
		asked[1]!.answer();
		await vi.waitUntil(() => !changes.isAsking);
		asked[0]!.answer();
		await Promise.resolve();
		expect([changes.isAsking, changes.changes]).toEqual([false, changesOn('2026-06-15')]);
	});

	it('is not shown for another day while that one is awaited', async () => {
		const { asked, changes } = opened();
		changes.watch(questionOn('2026-06-08'));
		asked[0]!.answer();
		await vi.waitUntil(() => !changes.isAsking);
		changes.watch(questionOn('2026-06-15'));
		expect([changes.isAsking, changes.changes]).toEqual([true, null]);
	});

	it('is left out where it could not be worked out', async () => {
		const { asked, changes } = opened();
		changes.watch(questionOn('2026-06-08'));
		asked[0]!.fail();
		await vi.waitUntil(() => !changes.isAsking);
		expect(changes.changes).toBeNull();
	});

	it('is nothing where no day is unusual', () => {
		const { asked, changes } = opened();
		changes.watch(null);
		expect([changes.isAsking, asked]).toEqual([false, []]);
	});
});
