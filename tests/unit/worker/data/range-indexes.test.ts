import { describe, expect, it } from 'vitest';
import { RangeIndex } from '../../../../src/lib/engine/range-index';
import { RangeIndexes } from '../../../../src/lib/worker/data/range-indexes';
import { openFilter, openQuery } from '../../../support/memory-workspace';

/** An index of one audience, which nobody but new people met on each of its days. */
function indexOf(days: number): RangeIndex {
	const meetings = {
		days: Uint32Array.from({ length: days }, (_, day) => day),
		starts: Uint32Array.from({ length: days + 1 }, (_, day) => day),
		before: new Uint16Array(days),
		people: new Uint32Array(days).fill(3),
		first: new Uint16Array(1),
		last: new Uint16Array(1)
	};
	return RangeIndex.of(0, days, [[meetings]], new Uint8Array(0));
}

const ofDevice = (...device: string[]) => openQuery({ filter: openFilter({ values: { device } }) });

describe('range indexes', () => {
	it('are known by filters, zone, subject and split, whatever the days and steps', async () => {
		const indexes = new RangeIndexes();
		const index = indexOf(4);
		await indexes.keep(ofDevice('web'), async () => index);
		const { values } = ofDevice('web').filter;
		const others = {
			filter: openFilter({ from: '2026-01-01', to: '2026-01-02', values }),
			grain: 'day' as const
		};
		expect(indexes.of(openQuery(others))).toBe(index);
		expect(indexes.of(ofDevice('mobile'))).toBeNull();
		expect(indexes.of({ ...ofDevice('web'), split: 'format' })).toBeNull();
		expect(indexes.of({ ...ofDevice('web'), subject: { kind: 'pin', name: '7' } })).toBeNull();
		expect(indexes.of(openQuery({ filter: openFilter({ tz: 'Asia/Tokyo', values }) }))).toBeNull();
	});

	it('of a split serve the same question without it', async () => {
		const indexes = new RangeIndexes();
		const index = indexOf(4);
		await indexes.keep({ ...ofDevice(), split: 'format' }, async () => index);
		let built = 0;
		await indexes.keep(ofDevice(), async () => {
			built++;
			return indexOf(4);
		});
		expect([indexes.of(ofDevice()), indexes.of(ofDevice('web')), built]).toEqual([index, null, 0]);
	});

	it('are not kept where other events are stored by the time they are built', async () => {
		const indexes = new RangeIndexes();
		await indexes.keep(ofDevice(), async () => {
			indexes.clear();
			return indexOf(1);
		});
		expect(indexes.of(ofDevice())).toBeNull();
	});

	it('give way to newer ones where memory is full, those used last staying', async () => {
		const indexes = new RangeIndexes(10);
		await indexes.keep(ofDevice('web'), async () => indexOf(4));
		await indexes.keep(ofDevice('mobile'), async () => indexOf(4));
		indexes.of(ofDevice('web'));
		await indexes.keep(ofDevice('tablet'), async () => indexOf(4));
		expect(indexes.of(ofDevice('mobile'))).toBeNull();
		expect(indexes.of(ofDevice('web'))?.people('total_audience', 0, 1, 3)).toBe(6);
		expect(indexes.of(ofDevice('tablet'))).not.toBeNull();
	});

	it('that are too large are not built twice', async () => {
		const indexes = new RangeIndexes(3);
		let built = 0;
		const build = async () => {
			built++;
			return indexOf(4);
		};
		await indexes.keep(ofDevice(), build);
		await indexes.keep(ofDevice(), build);
		expect([indexes.of(ofDevice()), built]).toEqual([null, 1]);
	});
});
