import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dimension } from '../../../src/lib/model/dimension';
import { NATIVE_DIMENSIONS } from '../../../src/lib/model/event';
import { INVENTED_HEADER, inventRows } from '../../support/invented-file';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../support/memory-workspace';
import { byLength } from '../../support/test-length';

/** Figures must not depend on the order in which events come, nor on how many files they come in. */

const rows = inventRows({
	rows: 400,
	seed: 21,
	from: '2024-03-25',
	to: '2024-04-05',
	order: 'by time',
	badEvery: 25
});
const fileOf = (lines: readonly string[]) => utf8([INVENTED_HEADER, ...lines].join('\n'));

const query = (split: Dimension | null) =>
	openQuery({
		filter: openFilter({ tz: 'Europe/Stockholm', from: '2024-03-28', to: '2024-04-02' }),
		grain: 'day',
		split,
		splitLimit: 4,
		top: 1_000
	});

/** All figures of a workspace that holds these files; without what the newest row says of a Pin. */
async function figuresOf(files: readonly (readonly string[])[]) {
	const workspace = new MemoryWorkspace();
	let rejected = 0;
	for (const lines of files) rejected += (await workspace.import(fileOf(lines))).rejected;
	const figures = [];
	for (const split of [null, ...NATIVE_DIMENSIONS]) {
		const { totals, overall, series, shares, topPins } = await workspace.answer(query(split));
		const pins = topPins.rows.map(({ pinId, figures }) => ({ pinId, figures }));
		figures.push({ totals, overall, series, shares, pins });
	}
	return { rejected, figures };
}

describe('figures', () => {
	it('are the same for any order of rows, in one file or up to five', async () => {
		const expected = await figuresOf([rows]);
		expect(expected.figures[0]!.totals.impressions).toBeGreaterThan(100);
		const shuffled = fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length });
		await fc.assert(
			fc.asyncProperty(
				shuffled,
				fc.array(fc.nat({ max: rows.length }), { maxLength: 4 }),
				async (order, cuts) => {
					const ends = [0, ...[...cuts].sort((a, b) => a - b), order.length];
					const files = ends.slice(1).map((end, i) => order.slice(ends[i], end));
					expect(await figuresOf(files)).toEqual(expected);
				}
			),
			{ seed: 13, numRuns: byLength(12, 40) }
		);
	}, 60_000);

	it('are those of the rows that are left when a batch is undone', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat({ max: 2 }), { minLength: rows.length, maxLength: rows.length }),
				async (places) => {
					const files = [0, 1, 2].map((file) => rows.filter((_, i) => places[i] === file));
					const workspace = new MemoryWorkspace();
					const ids: number[] = [];
					for (const lines of files) ids.push((await workspace.import(fileOf(lines))).batchId);
					workspace.undo(ids[1]!);
					const alone = new MemoryWorkspace();
					for (const lines of [files[0]!, files[2]!]) await alone.import(fileOf(lines));
					for (const split of [null, 'account', 'format'] as const) {
						expect(await workspace.answer(query(split))).toEqual(await alone.answer(query(split)));
					}
				}
			),
			{ seed: 14, numRuns: byLength(6, 15) }
		);
	}, 60_000);
});

describe('an export of events', () => {
	it('comes oldest first, ties in the order of import and then of the file', async () => {
		const workspace = new MemoryWorkspace();
		const file = (...rows: readonly string[]) =>
			utf8(`timestamp,event,pin_id,user_id\n${rows.map((row) => row.replace(' ', ',save,1,')).join('\n')}`);
		// Within a day, the second file has events before, among and after those of the first.
		await workspace.import(
			file('2024-05-02T10:00 d', '2024-05-01T10:00 a', '2024-05-02T10:00 e', '2024-05-02T12:00 i')
		);
		await workspace.import(
			file(
				'2024-05-02T10:00 f',
				'2024-05-03 j',
				'2024-05-02T09:00 b',
				'2024-05-02T10:00 g',
				'2024-05-02T09:00 c'
			)
		);
		await workspace.import(file('2024-05-02T10:00 h'));
		const bytes = await workspace.exportCsv('events', openQuery());
		const users = new TextDecoder()
			.decode(bytes)
			.split('\r\n')
			.slice(1, -1)
			.map((line) => line.split(',')[3]);
		expect(users.join('')).toBe('abcdefghij');
	});
});
