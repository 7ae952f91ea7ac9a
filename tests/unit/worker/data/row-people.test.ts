import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { RowKind } from '../../../../src/lib/model/row-people';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { storeSaid } from '../../../support/report-contents';
import { fact } from '../../../support/reported-answer';
import { answeringOf } from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const { signal } = new AbortController();
const HEADER = 'timestamp,event,pin_id,board,link,user_id,device\n';
const importEvents = (...rows: string[]) => storeFile(db, utf8(HEADER + rows.join('\n')));
const days = (from: string, to = from) => openQuery({ filter: openFilter({ from, to }) });
const NOW = days('2026-03-03', '2026-03-04');
const THEN = days('2026-03-01', '2026-03-02');
const EVENTS = [
	'2026-03-01,impression,p1,Light,https://a.example,ann,mobile',
	'2026-03-03,impression,p1,Light,https://a.example,ann,mobile',
	'2026-03-03,save,p1,Light,https://a.example,bo,desktop',
	'2026-03-04,impression,p2,Light,https://a.example,bo,mobile',
	'2026-03-04,impression,p3,,,,mobile'
];
const people = (total_audience: number | null, engaged_audience: number | null) => ({
	total_audience,
	engaged_audience
});

async function rows(
	kind: RowKind,
	names: (string | null)[],
	query = NOW,
	compared: typeof THEN | null = null
) {
	const { answering } = await answeringOf(db);
	return answering.rowPeople(signal, { query, compared, kind, names });
}

describe('the people of rows', () => {
	it('are those of events over the whole range, beside the days that are compared with', async () => {
		await importEvents(...EVENTS);
		expect(await rows('pin', ['p1', 'p3', 'nowhere'], NOW, THEN)).toEqual([
			{ now: people(2, 1), then: people(1, 0) },
			{ now: people(0, 0), then: people(0, 0) },
			{ now: people(0, 0), then: people(0, 0) }
		]);
		expect(await rows('board', ['Light', ''])).toEqual([
			{ now: people(2, 1), then: null },
			{ now: people(0, 0), then: null }
		]);
		expect(await rows('link', ['https://a.example'])).toEqual([{ now: people(2, 1), then: null }]);
		expect(await rows('device', ['desktop', null], NOW, THEN)).toEqual([
			{ now: people(1, 1), then: people(0, 0) },
			{ now: people(2, 0), then: people(1, 0) }
		]);
	});

	it('are counted once for all lists under one question', async () => {
		await importEvents(...EVENTS);
		const { answering, stored } = await answeringOf(db);
		const read = vi.spyOn(stored, 'read');
		const ask = (kind: RowKind, name: string) =>
			answering.rowPeople(signal, { query: NOW, compared: THEN, kind, names: [name] });
		await Promise.all([ask('pin', 'p1'), ask('board', 'Light'), ask('link', 'https://a.example')]);
		await ask('pin', 'p2');
		expect(read).toHaveBeenCalledTimes(2);
		await importEvents('2026-03-04,impression,p2,Light,https://a.example,cy,mobile');
		await stored.refresh();
		expect(await ask('pin', 'p2')).toEqual([{ now: people(2, 0), then: people(0, 0) }]);
	});

	it('have no value where reports answer any day, unless one figure is of just the range', async () => {
		await importEvents(...EVENTS);
		const ofPin = { subject: { kind: 'pin', id: 'p1' } } as const;
		await storeSaid(db, {
			facts: [
				fact('2026-03-05', 'total_audience', 40, ofPin),
				fact('2026-04-01', 'total_audience', 90, { ...ofPin, to: '2026-04-30' })
			]
		});
		expect(await rows('pin', ['p1', 'p2'], days('2026-03-03', '2026-03-05'))).toEqual([
			{ now: people(null, 1), then: null },
			{ now: people(1, 0), then: null }
		]);
		expect(await rows('pin', ['p1', 'p2'], days('2026-04-01', '2026-04-30'))).toEqual([
			{ now: people(90, null), then: null },
			{ now: people(null, null), then: null }
		]);
		expect(await rows('pin', ['p1'], days('2026-03-03', '2026-03-04'))).toEqual([
			{ now: people(2, 1), then: null }
		]);
	});
});
