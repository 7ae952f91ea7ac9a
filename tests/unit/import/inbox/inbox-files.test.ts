import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	afterLook,
	filesToOpen,
	readableNames,
	type Seen,
	type Waiting
} from '../../../../src/lib/import/inbox/inbox-files';
import { STILL_MS, type FileStamp } from '../../../../src/lib/model/folder-files';

const NOTHING: Seen = new Map();
const NOBODY: Waiting = new Map();
const stampOf = (name: string, byteLength = 10, modifiedMs = 1_000): FileStamp => ({
	name,
	byteLength,
	modifiedMs
});
const seenOf = (...stamps: FileStamp[]): Seen => new Map(stamps.map((stamp) => [stamp.name, stamp]));

/** Looks at one state of a folder after the other; says when which file was taken. */
function taken(looks: readonly (readonly [number, readonly FileStamp[]])[], seen: Seen = NOTHING): string[] {
	let waiting = NOBODY;
	const known = new Map(seen);
	const all: string[] = [];
	for (const [nowMs, stamps] of looks) {
		const after = afterLook(stamps, { seen: known, waiting, nowMs });
		waiting = after.waiting;
		for (const stamp of after.ready) {
			known.set(stamp.name, stamp);
			all.push(`${nowMs} ${stamp.name}`);
		}
	}
	return all;
}

describe('which names stand for files of people', () => {
	it('passes over what systems leave, hidden files, names of unfinished files and own files', () => {
		const names = [
			'a.csv',
			'.DS_Store',
			'a.tackboard',
			'a.csv.crswap',
			'.a.csv.Xy12',
			'~$a.xlsx',
			'b.csv.crdownload',
			'c.tmp',
			'Thumbs.db'
		];
		expect(readableNames(names)).toEqual(['a.csv']);
	});
});

describe('which files are opened', () => {
	const names = Array.from({ length: 5_000 }, (_, index) => `export-${index}.csv`);
	const seen = seenOf(...names.map((name, index) => stampOf(name, 10, index)));
	const look = { names, seen, waiting: NOBODY, isThorough: false, turn: 0 };

	it('opens new and waiting files, and at most 64 of those that were seen', () => {
		const opened = filesToOpen({ ...look, names: [...names, 'new.csv'] });
		expect(opened).toContain('new.csv');
		expect(opened).toHaveLength(65);
		const waiting = new Map([['export-7.csv', { ...stampOf('export-7.csv'), stillSinceMs: 0, metAtMs: 0 }]]);
		expect(filesToOpen({ ...look, waiting })).toContain('export-7.csv');
	});

	it('opens those that changed last each time, and all others in turn', () => {
		const met = new Set<string>();
		for (let turn = 1_000; turn < 1_156; turn++)
			for (const name of filesToOpen({ ...look, turn })) met.add(name);
		expect(met.size).toBe(names.length);
		expect(filesToOpen({ ...look, turn: 117 })).toContain('export-4999.csv');
	});

	it('opens all of them where few were seen, and where that is wanted', () => {
		expect(filesToOpen({ ...look, names: names.slice(0, 64) })).toHaveLength(64);
		expect(filesToOpen({ ...look, isThorough: true })).toHaveLength(5_000);
	});
});

describe('when a file is taken', () => {
	it('is taken once size and time have stood still for two seconds between looks', () => {
		const file = stampOf('a.csv');
		const looks = [0, STILL_MS - 1, STILL_MS, STILL_MS + 1].map((nowMs) => [nowMs, [file]] as const);
		expect(taken(looks)).toEqual(['2000 a.csv']);
	});

	it('waits while it grows, and while only its time changes', () => {
		expect(
			taken([
				[0, [stampOf('a.csv', 1)]],
				[1_500, [stampOf('a.csv', 2)]],
				[3_000, [stampOf('a.csv', 2, 2_000)]],
				[4_999, [stampOf('a.csv', 2, 2_000)]],
				[5_000, [stampOf('a.csv', 2, 2_000)]]
			])
		).toEqual(['5000 a.csv']);
	});

	it('waits while it grows under the time of its original, long ago', () => {
		expect(
			taken([
				[60_000, [stampOf('a.csv', 1, 5)]],
				[62_000, [stampOf('a.csv', 2, 5)]],
				[63_999, [stampOf('a.csv', 2, 5)]],
				[64_000, [stampOf('a.csv', 2, 5)]]
			])
		).toEqual(['64000 a.csv']);
	});

	it('stands still from the end of a look on that takes a while', () => {
		const look = { seen: NOTHING, waiting: NOBODY, nowMs: 0, openedMs: 900 };
		const first = afterLook([stampOf('a.csv')], look);
		expect(first.againInMs).toBe(STILL_MS);
		const early = { seen: NOTHING, waiting: first.waiting, nowMs: 2_000 };
		expect(afterLook([stampOf('a.csv')], early).ready).toEqual([]);
		expect(afterLook([stampOf('a.csv')], { ...early, nowMs: 2_900 }).ready).toHaveLength(1);
	});

	it('is not taken while it is empty, as the file that a browser is about to fill', () => {
		expect(
			taken([
				[0, [stampOf('a.csv', 0)]],
				[9_000, [stampOf('a.csv', 0)]],
				[9_001, [stampOf('a.csv', 7)]],
				[11_001, [stampOf('a.csv', 7)]]
			])
		).toEqual(['11001 a.csv']);
	});

	it('begins anew where it went and came back', () => {
		const file = stampOf('a.csv');
		expect(
			taken([
				[0, [file]],
				[1_000, []],
				[2_000, [file]],
				[4_000, [file]]
			])
		).toEqual(['4000 a.csv']);
	});

	it('is taken again only where size or time differ from what was seen', () => {
		const looks = (file: FileStamp) => [[0, [file]] as const, [2_000, [file]] as const];
		const seen = seenOf(stampOf('a.csv'));
		expect(taken(looks(stampOf('a.csv')), seen)).toEqual([]);
		expect(taken(looks(stampOf('a.csv', 11)), seen)).toEqual(['2000 a.csv']);
		expect(taken(looks(stampOf('a.csv', 10, 1_001)), seen)).toEqual(['2000 a.csv']);
	});

	it('waits for files that come at about the same time, but not for one that is slow', () => {
		const [first, second] = [stampOf('b.csv', 1, 5), stampOf('a.csv', 1, 9)];
		expect(
			taken([
				[0, [first]],
				[1_000, [first, second]],
				[2_000, [first, second]],
				[3_000, [first, second]]
			])
		).toEqual(['3000 b.csv', '3000 a.csv']);
		const slow = (bytes: number) => stampOf('slow.csv', bytes);
		expect(
			taken([
				[0, [first, slow(1)]],
				[2_000, [first, slow(2)]],
				[4_000, [first, slow(3)]]
			])
		).toEqual(['4000 b.csv']);
	});

	it('says when to look again', () => {
		const first = afterLook([stampOf('a.csv')], { seen: NOTHING, waiting: NOBODY, nowMs: 500 });
		expect(first.againInMs).toBe(STILL_MS);
		const second = afterLook([stampOf('a.csv')], { seen: NOTHING, waiting: first.waiting, nowMs: 2_000 });
		expect(second.againInMs).toBe(500);
		const third = afterLook([stampOf('a.csv')], { seen: NOTHING, waiting: second.waiting, nowMs: 2_500 });
		expect(third).toMatchObject({ ready: [stampOf('a.csv')], againInMs: null });
		expect(third.waiting.size).toBe(0);
	});

	it('takes each state of each file at most once, and never one that stood still for less', () => {
		const change = fc.record({
			afterMs: fc.integer({ min: 1, max: 3_000 }),
			name: fc.constantFrom('a', 'b', 'c'),
			bytes: fc.integer({ min: 1, max: 4 })
		});
		fc.assert(
			fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
				const known = new Map<string, FileStamp>();
				const folder = new Map<string, FileStamp>();
				const changedAt = new Map<string, number>();
				let waiting = NOBODY;
				let nowMs = 0;
				const look = () => {
					const after = afterLook([...folder.values()], { seen: known, waiting, nowMs });
					waiting = after.waiting;
					for (const stamp of after.ready) {
						expect(nowMs - (changedAt.get(stamp.name) ?? 0)).toBeGreaterThanOrEqual(STILL_MS);
						expect(known.get(stamp.name)).not.toEqual(stamp);
						known.set(stamp.name, stamp);
					}
					return after.againInMs;
				};
				for (const { afterMs, name, bytes } of changes) {
					nowMs += afterMs;
					if (folder.get(name)?.byteLength !== bytes) changedAt.set(name, nowMs);
					folder.set(name, stampOf(name, bytes));
					look();
				}
				// Left alone, all of it is taken in the end, by the looks that are asked for.
				for (let again = look(), looks = 0; again !== null; again = look()) {
					expect(++looks).toBeLessThan(20);
					nowMs += again;
				}
				expect([...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
					[...folder.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
				);
			}),
			{ seed: 20_261_129, numRuns: 300 }
		);
	});
});
