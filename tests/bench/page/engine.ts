import type { BatchSummary } from '../../../src/lib/model/import-report';
import type { Answer } from '../../../src/lib/model/answer';
import type { Query } from '../../../src/lib/model/query';
import { Caller } from '../../../src/lib/worker/threads/call';
import type { DataCalls } from '../../../src/lib/worker/protocol';
import { plainAnswer, plainFigures, type Answered, type AnsweredFigures } from '../answer';

/** The workspace that the app opens unless set otherwise. */
const WORKSPACE = 'main';

/** Starts the app's data worker as it was built; answers are timed as the page receives them. */
export function openEngine(workerUrl: string) {
	const worker = new Worker(workerUrl, { type: 'module' });
	const calls = new Caller<DataCalls>(worker);
	worker.addEventListener('error', (event) =>
		calls.fail({ code: 'unexpected', detail: event.message || 'the worker could not start' })
	);
	return {
		open: async () => {
			const coverage = await calls.call(null, 'open', { workspace: WORKSPACE });
			if (!coverage) throw new Error('nothing is stored');
		},
		query: async (query: Query): Promise<Answered> => {
			const startedAt = performance.now();
			let firstMs = 0;
			const answers: Answer[] = [];
			await calls.call(null, 'ask', { query, compared: null, asks: ['answer'] }, (piece) => {
				if (piece.ask !== 'answer') return;
				answers.push(piece.answer);
				if (!piece.answer.isWhole) firstMs = performance.now() - startedAt;
			});
			const ms = performance.now() - startedAt;
			const answer = answers.at(-1);
			if (!answer) throw new Error('no answer came');
			return { ms, firstMs, answer: plainAnswer(answer) };
		},
		figures: async (query: Query): Promise<AnsweredFigures> => {
			const startedAt = performance.now();
			const answers: Answer[] = [];
			await calls.call(null, 'ask', { query, compared: null, asks: ['figures'] }, (piece) => {
				if (piece.ask === 'figures') answers.push(piece.figures.answer);
			});
			const ms = performance.now() - startedAt;
			const [answer] = answers;
			if (!answer?.hasPeople) throw new Error('people are not known yet');
			return { ms, figures: plainFigures(answer) };
		},
		batches: (): Promise<readonly BatchSummary[]> => calls.call(null, 'batches', null)
	};
}
