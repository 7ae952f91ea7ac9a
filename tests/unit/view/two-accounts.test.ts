import { expect, it } from 'vitest';
import { namesFault, replacedBatches, takesAccountName } from '../../../src/lib/view/two-accounts';
import { figuresBatch, fileReport } from '../../support/file-report';

const report = { name: 'table', kind: 'figures', profile: '', snapshots: 0, hasAds: false } as const;
const MAY = { from: '2026-05-01', to: '2026-05-31' };

it('finds the imports of figures that a file replaced', () => {
	const own = figuresBatch({ id: 9, file: 'overview.csv', report: { ...report, days: MAY } });
	const batches = [
		figuresBatch({ id: 1, file: 'overview.csv', report: { ...report, days: MAY } }),
		figuresBatch({ id: 2, file: 'other.csv' }),
		figuresBatch({ id: 3, file: 'overview.csv', report: null }),
		figuresBatch({
			id: 4,
			file: 'overview.csv',
			report: { ...report, days: { from: '2026-06-01', to: '2026-06-02' } }
		}),
		own
	];
	const file = fileReport({ batchId: 9, replaced: [{ file: 'overview.csv', figures: 14 }] });
	expect(replacedBatches(file, batches).map(({ id }) => id)).toEqual([1]);
});

it('gives a name to figures that name no account, and to no others', () => {
	expect(takesAccountName(fileReport())).toBe(true);
	expect(takesAccountName(fileReport({ profiles: ['', 'North'] }))).toBe(true);
	expect(takesAccountName(fileReport({ profiles: ['North'] }))).toBe(false);
	expect(takesAccountName(fileReport({ kind: 'directory' }))).toBe(false);
	expect(takesAccountName(fileReport({ batchId: null }))).toBe(false);
});

it('wants two names that differ', () => {
	expect(namesFault('North', 'South')).toBeNull();
	expect(namesFault('North', ' north ')).toBe('same');
	expect(namesFault(' ', 'South')).toBe('missing');
	expect(namesFault('North', '')).toBe('missing');
});
