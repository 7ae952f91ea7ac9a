import { describe, expect, it } from 'vitest';
import { MS_PER_DAY } from '../../../../src/lib/model/calendar';
import { planQuery } from '../../../../src/lib/engine/plan';
import { blobTarget, pickedTarget } from '../../../../src/lib/worker/files/hand-off-target';
import { windowsOf, writeEvents } from '../../../../src/lib/worker/files/hand-off';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../../support/memory-workspace';

const FIRST = Date.parse('2026-01-01');

/** A segment over some hours of January 2026. */
function segment(seq: number, fromDay: number, toDay: number, byteLength: number) {
	return {
		seq,
		rows: 10,
		firstMs: FIRST + fromDay * MS_PER_DAY,
		lastMs: FIRST + toDay * MS_PER_DAY - 1,
		byteLength
	};
}

describe('events that are read days at a time', () => {
	const filter = openFilter({ from: '2026-01-01', to: '2026-01-10' });
	const windows = (maxBytes: number) => {
		const plan = planQuery(filter, 'day', [
			{ id: 1, segments: [segment(0, 0, 2, 30), segment(1, 2, 3, 30), segment(2, 3, 8, 30)] },
			{ id: 2, segments: [segment(0, 1, 9, 50)] }
		]);
		return [...windowsOf(plan, maxBytes)].map(({ buckets, bucketStarts, segments }) => ({
			days: buckets.map(({ day }) => Number(day.slice(-2))),
			ends: [bucketStarts[0], bucketStarts.at(-1)].map((ms) => ((ms as number) - FIRST) / MS_PER_DAY),
			segments: segments.map(({ batchId, seq }) => `${batchId}:${seq}`)
		}));
	};

	it('come in stretches of whole days, each with all of its segments in the order of import', () => {
		expect(windows(100)).toEqual([
			{ days: [1, 2], ends: [0, 2], segments: ['1:0', '2:0'] },
			{ days: [3], ends: [2, 3], segments: ['1:1', '2:0'] },
			{ days: [4, 5, 6, 7, 8, 9, 10], ends: [3, 10], segments: ['1:2', '2:0'] }
		]);
	});

	it('come at once where there is room, and a day at a time where there is none', () => {
		expect(windows(1_000)).toHaveLength(1);
		expect(windows(1).map(({ days }) => days)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((day) => [day]));
	});

	it('stop when the call is cancelled', async () => {
		const workspace = new MemoryWorkspace();
		await workspace.import(utf8('timestamp,event,pin_id\n2026-01-01,save,a\n2026-01-02,save,b\n'));
		const { plan, data } = workspace.prepare(filter, 'day');
		const controller = new AbortController();
		const told: number[] = [];
		const written = writeEvents(
			() => controller.signal.throwIfAborted(),
			(fraction) => {
				told.push(fraction);
				controller.abort();
			},
			openQuery({ filter }),
			plan,
			{
				catalogue: data.catalogue,
				own: data.own,
				readUserIds: data.readUserIds,
				read: async () => data.lists.segments
			},
			() => {}
		);
		await expect(written).rejects.toThrow('aborted');
		expect(told).toEqual([0.5]);
	});
});

describe('where a file goes', () => {
	it('is a Blob of all its stretches where none was picked', async () => {
		const target = blobTarget('text/plain');
		await target.write(utf8('one, ').slice());
		await target.write(utf8('two').slice());
		const blob = await target.finish();
		expect(blob?.type).toBe('text/plain');
		expect(await blob?.text()).toBe('one, two');
	});

	it('is told to be not writable, whatever the browser calls it', async () => {
		const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
		const file = { createWritable: refuse } as unknown as FileSystemFileHandle;
		await expect(pickedTarget(file)).rejects.toMatchObject({ problem: { code: 'file_not_written' } });
	});
});
