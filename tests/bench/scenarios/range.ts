import type { Page } from 'playwright';
import { addDays, daysBetween } from '../../../src/lib/model/calendar';
import type { Query } from '../../../src/lib/model/query';
import { assertSame, openDuckDbNative, openDuckDbWasm, openEngine, type FiguresAnswerer } from '../answerers';
import { importEventFile, openApp } from '../app';
import { withFreshProfile } from '../browser-profile';
import type { EventFile } from '../event-file';
import type { DragTimes, LongTasks } from '../page/calls';
import { refreshQuery, type Days } from '../queries';
import type { Bench, Scenario } from '../scenario';

const CHANGES = 40;
const DRAG_FRAMES = 120;
/** Where a drag over all days is let go: where it began nothing would have changed. */
const FEW_LESS = 0.1;
const FEW_DAYS = 30;
/** After a first look, people are made ready between questions: longer than that takes. */
const MOST_WAIT_MS = 60_000;

/** Ranges of all lengths, anywhere among the days: the same in every run (a linear congruential generator). */
function* ranges(days: Days): Generator<Pick<Query['filter'], 'from' | 'to'>> {
	const all = daysBetween(days.first, days.last);
	let state = 20_261_128;
	const below = (limit: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
	for (;;) {
		const length = 1 + below(all);
		const first = below(all - length + 1);
		yield { from: addDays(days.first, first), to: addDays(days.first, first + length - 1) };
	}
}

/** Waits until people are known without a count of rows. */
async function warmUp(ours: FiguresAnswerer, query: Query): Promise<number> {
	const startedAt = performance.now();
	await ours.query(query);
	for (;;) {
		try {
			await ours.figures(query);
			return performance.now() - startedAt;
		} catch (error) {
			if (performance.now() - startedAt > MOST_WAIT_MS) throw error;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}

async function changeRanges(bench: Bench, file: EventFile, sides: readonly FiguresAnswerer[]): Promise<void> {
	const [ours, ...peers] = sides;
	if (!ours) return;
	const look = refreshQuery('all days', file.days, 0);
	bench.measures.add('first look, until people of any range are known', 'ms', await warmUp(ours, look));
	let changes = 0;
	for (const days of ranges(file.days)) {
		const query = { ...look, filter: { ...look.filter, ...days } };
		const own = await ours.figures(query);
		bench.measures.add('another range, until its figures are there', 'ms', own.ms, ours.side);
		for (const peer of peers) {
			const { ms, figures } = await peer.figures(query);
			bench.measures.add('another range, until its figures are there', 'ms', ms, peer.side);
			assertSame(query, peer.side, own.figures, figures);
		}
		if (++changes === CHANGES) break;
	}
}

/** Drags the edge of a page that was just opened over all days, and lets it go at a part of the way. */
async function dragIn(page: Page, bench: Bench, restAt: number): Promise<DragTimes & LongTasks> {
	await page.goto(`${bench.site.appUrl}?range=all`);
	await page.locator('main[data-ready="true"]').waitFor();
	await page.locator('.strip path[d^="M"]').waitFor();
	await page.evaluate(() => window.appWatch.longTasks());
	const times = await page.evaluate(([frames, rest]) => window.appWatch.drag(frames, rest), [
		DRAG_FRAMES,
		restAt
	] as const);
	return { ...times, ...(await page.evaluate(() => window.appWatch.longTasks())) };
}

export const rangeScenario: Scenario = {
	name: 'range',
	about: `${CHANGES} ranges of days after one look: totals and daily series by device with exact audiences, without lists.
Ours: from the page's call to its answer. DuckDB: the same in two statements over a table in memory. Answers are compared,
number by number. Then an edge of the brush in the app's own page is dragged over all days and back in ${DRAG_FRAMES}
frames: from each move until a frame with its figures has been drawn.`,
	run: async (bench) => {
		const file = await bench.files.file(bench.events);
		await withFreshProfile(async (context) => {
			const { page } = await importEventFile(context, bench.site, file);
			await page.goto('about:blank');
			const sides = [await openEngine(context, bench)];
			try {
				for (const open of [
					() => openDuckDbWasm(context, bench, file),
					() => openDuckDbNative(bench, file)
				]) {
					try {
						sides.push(await open());
					} catch (error) {
						bench.note(`left out: ${error instanceof Error ? error.message : String(error)}`);
					}
				}
				await changeRanges(bench, file, sides);
			} finally {
				for (const { close } of sides) await close();
			}
			await openApp(context, bench.site, '?range=all', page);
			for (let run = 0; run <= bench.runs; run++) {
				const { paintedMs, readyMs, count, longestMs } = await dragIn(page, bench, FEW_LESS);
				const toFew = await dragIn(page, bench, 1 - FEW_DAYS / daysBetween(file.days.first, file.days.last));
				if (run === 0) continue;
				for (const ms of paintedMs) bench.measures.add('a move of the drag until it was drawn', 'ms', ms);
				const late = [...paintedMs].sort((a, b) => a - b)[Math.floor(paintedMs.length * 0.95)] ?? NaN;
				bench.measures.add('the same, 95th percentile of a drag', 'ms', late);
				bench.measures.add(`states drawn in ${DRAG_FRAMES} frames`, 'states', paintedMs.length);
				bench.measures.add('from letting go until lists follow', 'ms', readyMs);
				bench.measures.add(`the same, let go over ${FEW_DAYS} days`, 'ms', toFew.readyMs);
				bench.measures.add('tasks over 50 ms during the drag', 'tasks', count);
				bench.measures.add('longest task over 50 ms during the drag (0: none)', 'ms', longestMs);
			}
		});
	}
};
