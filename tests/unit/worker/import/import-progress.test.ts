import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportProgress } from '../../../../src/lib/model/import-report';
import { RunProgress } from '../../../../src/lib/worker/import/import-progress';

describe('the progress of an import', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('tells of small files now and then, with how many are done', () => {
		const told: ImportProgress[] = [];
		const sizes = Array.from({ length: 1_000 }, () => 10);
		const progress = new RunProgress(sizes, (each) => void told.push(each));
		for (let file = 0; file < sizes.length; file++) {
			progress.start(`${file}.csv`);
			vi.advanceTimersByTime(10);
			progress.tell(`${file}.csv`, { bytesDone: 10, accepted: 2, rejected: 1 }, null);
			progress.finishFile(10);
		}
		expect(told.length).toBeGreaterThan(80);
		expect(told.length).toBeLessThan(120);
		expect(told[0]).toMatchObject({ file: '0.csv', filesDone: 0, files: 1_000, bytesDone: 0, accepted: 0 });
		const last = told.at(-1)!;
		expect(last.filesDone).toBeGreaterThan(985);
		// of those that are done, and of the one that is being read
		expect([last.filesDone * 10, last.filesDone * 10 + 10]).toContain(last.bytesDone);
		expect([last.filesDone * 2, last.filesDone * 2 + 2]).toContain(last.accepted);
	});

	it('counts the files of an archive as they turn up', () => {
		const told: ImportProgress[] = [];
		const progress = new RunProgress([100], (each) => void told.push(each));
		progress.unpacked(3);
		progress.start('a.csv');
		expect(told).toMatchObject([{ files: 3 }]);
	});
});
