import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { Query } from '../../../../src/lib/model/query';
import { labelChoices } from '../../../../src/lib/view/label-choices';
import type { Answering } from '../../../../src/lib/worker/data/answering';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { giveLabels } from '../../../support/given-labels';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { fact } from '../../../support/reported-answer';
import { storeSaid } from '../../../support/report-contents';
import { answeringOf } from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const { signal } = new AbortController();
const ROWS = [
	'2026-03-01,impression,p1,mobile,10',
	'2026-03-01,impression,p2,mobile,20',
	'2026-03-02,impression,p3,mobile,30',
	'2026-03-02,impression,p1,desktop,100',
	'2026-03-02,save,p1,mobile,7'
];

function query(values: Parameters<typeof openFilter>[0]): Query {
	return openQuery({ filter: openFilter({ from: '2026-03-01', to: '2026-03-02', ...values }) });
}

async function sharesOf(answering: Answering, asked: Query) {
	const shares = await answering.labelShares(signal, asked);
	return shares && { whole: shares.whole, ...Object.fromEntries(shares.values) };
}

it('shares of labels are of the impressions under all other filters, whichever labels are chosen', async () => {
	await storeFile(db, utf8(['timestamp,event,pin_id,device,count', ...ROWS].join('\n')));
	await giveLabels(db, { lamps: ['p1', 'p2'], rugs: ['p2'], signs: [] });
	const { answering, stored } = await answeringOf(db);
	const mobile = { whole: 60, '': 30, lamps: 30, rugs: 20, signs: 0 };
	expect(await sharesOf(answering, query({ values: { device: ['mobile'] } }))).toEqual(mobile);
	expect(await sharesOf(answering, query({ values: { device: ['mobile'], label: ['rugs'] } }))).toEqual(
		mobile
	);
	expect(await sharesOf(answering, query({ values: { label: ['', 'signs'] } }))).toEqual({
		...mobile,
		whole: 160,
		lamps: 130
	});
	expect(await sharesOf(answering, query({ from: '2026-03-02' }))).toMatchObject({ whole: 130, lamps: 100 });
	// A label that is changed is seen at once, and so are other events.
	await giveLabels(db, { signs: ['p3'] });
	await stored.refresh();
	expect(await sharesOf(answering, query({ from: '2026-03-02' }))).toMatchObject({ signs: 30, '': 0 });
	await storeFile(db, utf8('timestamp,event,pin_id\n2026-03-02,impression,p3\n'));
	await stored.refresh();
	expect(await sharesOf(answering, query({ from: '2026-03-02' }))).toMatchObject({ whole: 131, signs: 31 });
});

it('there are none where reports know some of the days', async () => {
	await storeFile(db, utf8(['timestamp,event,pin_id,device,count', ...ROWS.slice(2)].join('\n')));
	await storeSaid(db, { facts: [fact('2026-03-01', 'impressions', 5)] });
	await giveLabels(db, { lamps: ['p1', 'p2'] });
	const { answering } = await answeringOf(db);
	expect(await sharesOf(answering, query({}))).toBeNull();
	expect(await sharesOf(answering, query({ from: '2026-03-02' }))).toMatchObject({ whole: 130 });
});

it('labels are listed by their impressions, with shares that may overlap', () => {
	const shares = {
		whole: 50,
		values: [
			['', 10],
			['a', 30],
			['b', 40]
		] as const
	};
	expect(labelChoices(['a', 'b'], shares, ['gone'])).toEqual([
		{ value: 'b', share: 0.8, isChosen: false },
		{ value: 'a', share: 0.6, isChosen: false },
		{ value: '', share: 0.2, isChosen: false },
		{ value: 'gone', share: 0, isChosen: true }
	]);
	expect(labelChoices(['a'], null, [])).toEqual([
		{ value: 'a', share: null, isChosen: false },
		{ value: '', share: null, isChosen: false }
	]);
	expect(labelChoices([], null, [])).toEqual([]);
});
