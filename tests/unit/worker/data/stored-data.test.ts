import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { beginAnswer } from '../../../../src/lib/engine/answer';
import type { Pace } from '../../../../src/lib/engine/pace';
import { planQuery } from '../../../../src/lib/engine/plan';
import { dayFromNumber } from '../../../../src/lib/model/calendar';
import { NO_VALUES, type Filter, type Grain } from '../../../../src/lib/model/query';
import { deleteBatch } from '../../../../src/lib/store/batches';
import { rangeIndexChecksum } from '../../../../src/lib/store/checksum';
import { paceOf } from '../../../../src/lib/worker/threads/pacing';
import { StoredData } from '../../../../src/lib/worker/data/stored-data';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const pace = () => {};

const importRows = (...rows: string[]) => storeFile(db, utf8(`timestamp,event,pin_id\n${rows.join('\n')}`));

/** The plan of a query, and what it reads. */
async function prepare(data: StoredData, pace: Pace, filter: Filter, grain: Grain) {
	const plan = planQuery(filter, grain, data.batches);
	return { plan, segments: await data.read(pace, plan.segments), catalogue: await data.catalogue() };
}

describe('StoredData', () => {
	it('covers from the first to the last event, and nothing where there is none', async () => {
		const data = new StoredData(db, 'under test', import.meta.url);
		expect(await data.refresh()).toBeNull();
		await importRows('never,save,p');
		expect(await data.refresh()).toBeNull();
		await importRows('2024-05-03,save,p', '2024-05-02,save,p');
		await importRows('2024-05-01,save,q');
		expect(await data.refresh()).toEqual({
			firstMs: Date.parse('2024-05-01'),
			lastMs: Date.parse('2024-05-03'),
			events: 3,
			metrics: []
		});
	});

	it('reads just the segments of the range, each once', async () => {
		await importRows('2024-05-01,save,p');
		await importRows('2024-06-01,save,p');
		const data = new StoredData(db, 'under test', import.meta.url);
		await data.refresh();
		const may = openFilter({ from: '2024-05-01', to: '2024-05-31' });
		const { plan, segments } = await prepare(data, pace, may, 'day');
		expect(plan.segments.map(({ batchId }) => batchId)).toEqual([1]);
		const again = await prepare(data, pace, may, 'day');
		expect(again.segments[0]).toBe(segments[0]);
		expect(again.catalogue).toBe((await prepare(data, pace, openFilter(), 'day')).catalogue);
	});

	it('sees an import and an undo once it has looked again', async () => {
		const data = new StoredData(db, 'under test', import.meta.url);
		const first = await importRows('2024-05-01,save,p');
		await data.refresh();
		const pins = async () => {
			const { segments, catalogue } = await prepare(data, pace, openFilter(), 'month');
			return [segments.length, catalogue.pinCount];
		};
		expect(await pins()).toEqual([1, 1]);
		await importRows('2024-05-01,save,q');
		await data.refresh();
		expect(await pins()).toEqual([2, 2]);
		await deleteBatch(db, first);
		await data.refresh();
		expect(await pins()).toEqual([1, 2]);
		expect(data.batches.map(({ accepted }) => accepted)).toEqual([1]);
	});

	it('has the sums of UTC from the import on, and of one more zone once they were kept', async () => {
		await importRows('2024-05-01T23:30,save,p', '2024-05-02T01:00,save,p');
		const old = await importRows('2024-05-03,save,q');
		await db.daySums.where('batchId').equals(old).delete(); // as stored by an earlier version
		const data = new StoredData(db, 'under test', import.meta.url);
		await data.refresh();
		const { signal } = new AbortController();
		const daysOf = async (tz: string) => {
			const sums = await (await data.engineData(signal, pace)).daySums(tz);
			return sums && Array.from(sums.periods, dayFromNumber);
		};
		expect(await daysOf('UTC')).toBeNull();
		await data.keepDaySums(signal, pace, 'UTC');
		expect(await daysOf('UTC')).toEqual(['2024-05-01', '2024-05-02', '2024-05-03']);

		expect(await daysOf('Europe/Stockholm')).toBeNull();
		await data.keepDaySums(signal, pace, 'Europe/Stockholm');
		expect(await daysOf('Europe/Stockholm')).toEqual(['2024-05-02', '2024-05-03']);
		await data.keepDaySums(signal, pace, 'Asia/Kolkata');
		expect(await daysOf('Europe/Stockholm')).toBeNull();
		expect(await daysOf('UTC')).toHaveLength(3);

		await importRows('2024-05-04,save,q');
		await data.refresh();
		expect(await daysOf('UTC')).toHaveLength(4);
		expect(await daysOf('Asia/Kolkata')).toBeNull();
		await deleteBatch(db, old);
		await data.refresh();
		expect(await daysOf('UTC')).toEqual(['2024-05-01', '2024-05-02', '2024-05-04']);
	});

	it('fails for a segment that is gone', async () => {
		await importRows('2024-05-01,save,p');
		const data = new StoredData(db, 'under test', import.meta.url);
		await data.refresh();
		await db.segments.clear();
		await expect(prepare(data, pace, openFilter(), 'month')).rejects.toMatchObject({
			problem: { code: 'damaged_data' }
		});
	});

	it('stops reading when the query is no longer wanted', async () => {
		await importRows('2024-05-01,save,p');
		const data = new StoredData(db, 'under test', import.meta.url);
		await data.refresh();
		const unwanted = paceOf(AbortSignal.abort());
		await expect(prepare(data, unwanted, openFilter(), 'month')).rejects.toMatchObject({
			name: 'AbortError'
		});
	});
});

describe('the people of all days, once they are stored', () => {
	const { signal } = new AbortController();
	const row = (day: string, user: string) => `${day},save,p,${user}`;
	const importPeople = (...rows: string[]) =>
		storeFile(db, utf8(`timestamp,event,pin_id,user_id\n${rows.join('\n')}`));

	async function opened(): Promise<StoredData> {
		const data = new StoredData(db, 'under test', import.meta.url);
		await data.refresh();
		return data;
	}

	/** The people of May, as far as they are known without a count. */
	async function known(data: StoredData, tz = 'UTC'): Promise<number | null> {
		const query = openQuery({ filter: openFilter({ tz, from: '2024-05-01', to: '2024-05-31' }) });
		const plan = data.plan(query.filter, query.grain);
		const { first } = await beginAnswer(query, plan, await data.engineData(signal, pace));
		const { hasPeople, totals } = first;
		return hasPeople ? totals.total_audience : null;
	}

	async function stored(tz = 'UTC'): Promise<StoredData> {
		const data = await opened();
		await data.keepRangeIndex(signal, pace, openQuery({ filter: openFilter({ tz }) }));
		await data.storeKept(tz);
		return data;
	}

	it('are known to a worker that starts, and no row is read for them', async () => {
		await importPeople(row('2024-04-30', 'a'), row('2024-05-01', 'a'), row('2024-05-02', 'b'));
		expect(await known(await opened())).toBeNull();
		await stored();
		const data = await opened();
		const read = vi.spyOn(data, 'read');
		expect(await known(data)).toBe(2);
		expect(read).not.toHaveBeenCalled();
		expect(await known(data, 'Asia/Tokyo')).toBeNull();
	});

	it('are those of the zone that was looked at last', async () => {
		await importPeople(row('2024-04-30T20:00', 'a'), row('2024-05-03', 'b'));
		await stored();
		await stored('Asia/Tokyo');
		expect([await known(await opened()), await known(await opened(), 'Asia/Tokyo')]).toEqual([null, 2]);
	});

	it('are of no use once anything else is stored, or taken out', async () => {
		await importPeople(row('2024-05-01', 'a'));
		await stored();
		const second = await importPeople(row('2024-05-02', 'b'));
		expect(await known(await opened())).toBeNull();
		await stored();
		expect(await known(await opened())).toBe(2);
		await deleteBatch(db, second);
		expect(await known(await opened())).toBeNull();
	});

	it('are counted again where the disk has changed them', async () => {
		await importPeople(row('2024-05-01', 'a'));
		await stored();
		await db.rangeIndexes.toCollection().modify(({ index }) => void index.series[0]!.upTo.fill(9));
		expect(await known(await opened())).toBeNull();
	});
});

describe('sums and lists of all days, once they are stored', () => {
	const { signal } = new AbortController();
	const FILE = [
		'timestamp,event,pin_id,user_id,device,count,watch_seconds',
		'2024-05-01,impression,p,a,mobile,3,',
		'2024-05-02T23:30,save,q,b,desktop,1,',
		'2024-05-02,video_play,q,b,desktop,2,12',
		'2024-06-09,link_click,q,a,mobile,1,'
	].join('\n');
	const ALL = openFilter({ from: '2024-05-01', to: '2024-06-30' });

	/** A worker that takes any data for large. */
	async function opened(): Promise<StoredData> {
		const data = new StoredData(db, 'under test', import.meta.url, 1);
		await data.refresh();
		return data;
	}

	async function stored(tz = 'UTC'): Promise<void> {
		const data = await opened();
		await data.keepRangeIndex(signal, pace, openQuery({ filter: openFilter({ tz }) }));
		await data.keepAllPins(signal, pace, tz);
		await data.storeKept(tz);
	}

	/** A whole answer, and whether any row was read for it. */
	async function asked(filter: Filter, withVideo = false) {
		const data = await opened();
		const read = vi.spyOn(data, 'read');
		const query = openQuery({ filter, withVideo, top: 5 });
		const plan = data.plan(filter, query.grain);
		const begun = await beginAnswer(query, plan, await data.engineData(signal, pace));
		const { answer } = await begun.count();
		return { answer, isRead: read.mock.calls.length > 0 };
	}

	it.each([false, true])(
		'are those of a count, and no row is read for them (video: %s)',
		async (withVideo) => {
			await storeFile(db, utf8(FILE));
			const counted = await asked(ALL, withVideo);
			await stored();
			const kept = await asked(ALL, withVideo);
			expect([counted.isRead, kept.isRead]).toEqual([true, false]);
			expect(kept.answer).toEqual(counted.answer);
			expect(kept.answer.topPins.rows.map(({ pinId }) => pinId)).toEqual(['p', 'q']);
		}
	);

	it('are not those of some days, or of some values', async () => {
		await storeFile(db, utf8(FILE));
		await stored();
		const amounts = async (filter: Filter) => {
			const { answer, isRead } = await asked(filter);
			const sum = (metric: 'link_clicks' | 'saves') =>
				answer.topPins.rows.reduce((all, { figures }) => all + (figures[metric] ?? 0), 0);
			return [isRead, sum('link_clicks'), sum('saves')];
		};
		expect(await amounts({ ...ALL, to: '2024-05-31' })).toEqual([true, 0, 1]);
		expect(await amounts({ ...ALL, values: { ...NO_VALUES, device: ['mobile'] } })).toEqual([true, 1, 0]);
	});

	it('are of no use once anything else is stored', async () => {
		await storeFile(db, utf8(FILE));
		await stored();
		await storeFile(db, utf8(FILE.replace('p,a', 'r,c')));
		const { answer, isRead } = await asked(ALL);
		expect(isRead).toBe(true);
		expect(answer.topPins.total).toBe(3);
	});

	it('need no sums by batch to be read', async () => {
		await storeFile(db, utf8(FILE));
		const { totals } = (await asked(ALL)).answer;
		await stored();
		await db.daySums.clear();
		expect((await asked(ALL)).answer.totals).toEqual(totals);
	});

	it('are added to what an earlier version stored', async () => {
		await storeFile(db, utf8(FILE));
		await stored();
		const [whole] = await db.rangeIndexes.toArray();
		const { sums, pins, ...earlier } = whole!;
		expect([sums, pins].includes(undefined)).toBe(false);
		const checksum = await rangeIndexChecksum(earlier.index, [], JSON.stringify([earlier.zone, earlier.of]));
		await db.rangeIndexes.put({ ...earlier, checksum });
		const { answer, isRead } = await asked(ALL);
		expect([answer.hasPeople, isRead]).toEqual([true, true]);
		await stored();
		expect(await db.rangeIndexes.toArray()).toEqual([whole]);
	});

	it('are counted again where the disk has changed them', async () => {
		await storeFile(db, utf8(FILE));
		await stored();
		await db.rangeIndexes.toCollection().modify(({ pins }) => void pins![0]!.fill(9));
		expect((await asked(ALL)).isRead).toBe(true);
	});
});
