import { describe, expect, it, vi } from 'vitest';
import { NO_ROWS, type Answer } from '../../../../src/lib/model/answer';
import { NATIVE_DIMENSIONS } from '../../../../src/lib/model/event';
import { answerOfEvents } from '../../../../src/lib/model/event-answer';
import { emptyFigureColumns, figuresAt } from '../../../../src/lib/model/figures';
import { allDaysQuery, type PageRequest, type Piece } from '../../../../src/lib/model/page-request';
import { ProblemError } from '../../../../src/lib/model/problem';
import type { Query } from '../../../../src/lib/model/query';
import { Answers } from '../../../../src/lib/ui/state/answers.svelte';
import { PageRequests } from '../../../../src/lib/ui/state/page-requests.svelte';
import type { WorkspaceClient } from '../../../../src/lib/worker/page/workspace-client';
import { openQuery } from '../../../support/memory-workspace';

/** A worker that fails in the middle of an answer cannot be had on demand: what it tells is told by hand. */

const aboutPin = (name: string) => openQuery({ subject: { kind: 'pin', name }, top: 0 });

function answerOf(query: Query): Answer {
	const overall = emptyFigureColumns(0);
	const counted = {
		isWhole: true,
		hasPeople: true,
		totals: figuresAt(overall, 0),
		buckets: [],
		overall,
		series: [],
		shares: { content_type: [], source: [], device: [], account: [], format: [] },
		...{ topPins: NO_ROWS, topBoards: NO_ROWS, topLinks: NO_ROWS, damaged: [] }
	};
	return answerOfEvents(counted, query.top + 1);
}

type Asked = (request: PageRequest, tell: (piece: Piece) => void) => Promise<void>;

/** A client that only answers what pages ask. */
const clientThat = (asked: Asked) =>
	({
		ask: (_: AbortSignal, request: PageRequest, tell: (piece: Piece) => void) => asked(request, tell)
	}) as unknown as WorkspaceClient;

const ASKS = ['answer', 'about', 'splits'] as const;

describe('the answers on a Pin’s page', () => {
	it('are never another Pin’s, where an error cuts them short', async () => {
		const answers = new Answers();
		const page = new PageRequests(answers);
		const wanted = (query: Query) => ({ query, compared: null, asks: ASKS, words: '' });
		const [first, second] = [aboutPin('101'), aboutPin('202')];
		const whole = clientThat(async ({ query }, tell) => {
			tell({ ask: 'answer', answer: answerOf(query), comparison: null });
			tell({ ask: 'splits', dimension: 'device', answer: answerOf(query), before: null });
		});
		page.ask(whole, wanted(first));
		await vi.waitUntil(() => !page.isAsking);
		expect(answers.extrasAbout(first.subject)?.splits.device?.answer).toEqual(answerOf(first));

		const broken = clientThat(async ({ query }, tell) => {
			tell({ ask: 'answer', answer: answerOf(query), comparison: null });
			throw new ProblemError({ code: 'worker_ended' });
		});
		page.ask(broken, wanted(second));
		await vi.waitUntil(() => !page.isAsking);
		expect(page.problem).toMatchObject({ code: 'worker_ended' });
		expect(answers.extrasAbout(second.subject)).toBeNull();
		expect(answers.extras).toBeNull();
	});

	it('are asked once: what is there already is not asked again', async () => {
		const requests: PageRequest[] = [];
		const answers = new Answers();
		const page = new PageRequests(answers);
		const client = clientThat(async (request, tell) => {
			requests.push(request);
			for (const ask of request.asks) {
				const answer = answerOf(request.query);
				if (ask === 'answer') tell({ ask, answer, comparison: null });
				if (ask === 'splits')
					for (const dimension of NATIVE_DIMENSIONS) tell({ ask, dimension, answer, before: null });
				if (ask === 'about') tell({ ask, about: { isKnown: true, pin: null, periods: [], levels: [] } });
				if (ask === 'comparison') tell({ ask, comparison: { answer, totals: {} as never } });
			}
		});
		const query = aboutPin('101');
		page.ask(client, { query, compared: null, asks: ASKS, words: '' });
		await vi.waitUntil(() => !page.isAsking);
		const compared = { ...query, filter: { ...query.filter, from: '2023-01-01' } };
		page.ask(client, { query, compared, asks: [...ASKS, 'comparison'], words: '' });
		await vi.waitUntil(() => !page.isAsking);
		// Splits are beside the days that are compared with.
		expect(requests.map(({ asks }) => asks)).toEqual([
			['answer', 'about', 'splits'],
			['splits', 'comparison']
		]);
	});

	it('have the life of a Pin once for all ranges, and anew under other filters', async () => {
		const requests: PageRequest[] = [];
		const answers = new Answers();
		const page = new PageRequests(answers);
		const allDays = { from: '2023-01-01', to: '2026-06-30' };
		const client = clientThat(async (request, tell) => {
			requests.push(request);
			for (const ask of request.asks) {
				const answer = answerOf(request.query);
				if (ask === 'answer') tell({ ask, answer, comparison: null });
				const query = allDaysQuery(request.query, allDays);
				if (ask === 'life') tell({ ask, life: { query, answer, firstDay: null } });
			}
		});
		const filter = aboutPin('101').filter;
		const questions = [
			filter,
			{ ...filter, from: '2026-06-01' },
			{ ...filter, from: '2026-06-01', values: { ...filter.values, device: ['mobile'] } }
		];
		for (const filter of questions) {
			const query = { ...aboutPin('101'), filter };
			page.ask(client, { query, compared: null, asks: ['answer', 'life'], words: '', allDays });
			await vi.waitUntil(() => !page.isAsking);
			expect(answers.lifeOf('101')?.query.filter.values).toEqual(filter.values);
		}
		expect(answers.lifeOf('202')).toBeNull();
		expect(requests.map(({ asks }) => asks)).toEqual([['answer', 'life'], ['answer'], ['answer', 'life']]);
	});
});

describe('figures of days that are being chosen', () => {
	const dayOf = (from: string) => ({ ...openQuery(), filter: { ...openQuery().filter, from } });

	/** A client whose answers come when they are let go. */
	function slowClient() {
		const asked: { readonly query: Query; readonly answer: () => void }[] = [];
		const client = clientThat(
			({ query, asks }, tell) =>
				new Promise((resolve) => {
					const answer = () => {
						const figures = { answer: answerOf(query), comparison: null };
						for (const ask of asks) {
							if (ask === 'figures') tell({ ask, figures });
							if (ask === 'answer') tell({ ask, answer: figures.answer, comparison: null });
						}
						resolve();
					};
					asked.push({ query, answer });
				})
		);
		return { client, asked };
	}

	it('come one after the other, and those that were overtaken are not asked for', async () => {
		const answers = new Answers();
		const page = new PageRequests(answers);
		const { client, asked } = slowClient();
		for (const day of ['2026-01-01', '2026-01-02', '2026-01-03'])
			page.preview(client, { query: dayOf(day), compared: null });
		expect([page.isAsking, page.hasFigures]).toEqual([true, false]);
		asked[0]?.answer();
		await vi.waitUntil(() => asked.length === 2);
		expect(answers.shown?.query).toEqual(dayOf('2026-01-01'));
		asked[1]?.answer();
		await vi.waitUntil(() => answers.shown?.query.filter.from === '2026-01-03');
		expect(asked).toHaveLength(2);
	});

	it('give way to the next question', async () => {
		const answers = new Answers();
		const page = new PageRequests(answers);
		const { client, asked } = slowClient();
		page.preview(client, { query: dayOf('2026-01-01'), compared: null });
		const query = dayOf('2026-01-05');
		page.ask(client, { query, compared: null, asks: ['answer'], words: '' });
		asked[0]?.answer();
		expect(answers.shown).toBeNull();
		asked[1]?.answer();
		await vi.waitUntil(() => !page.isAsking);
		expect(answers.lists?.query).toEqual(query);
	});
});
