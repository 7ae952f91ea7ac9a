import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../../src/lib/model/import-report';
import type { InboxOutcome } from '../../../src/lib/model/inbox';
import { inboxOutcomes } from '../../../src/lib/view/inbox';
import { fileReport, importReport } from '../../support/file-report';

const failed = (code: 'not_text' | 'unreadable_file' | 'storage_full' | 'worker_ended') =>
	({ outcome: 'failed', problem: { code } }) as const;

const CASES: readonly (readonly [string, readonly Partial<FileReport>[], InboxOutcome])[] = [
	['a file that was imported', [{}], 'imported'],
	['one that is there already', [{ outcome: 'already_there' }], 'already_there'],
	['one that asks for its days', [{ outcome: 'needs_days' }], 'asked'],
	['one that holds no figures', [failed('not_text')], 'failed'],
	['one that changed while it was read', [failed('unreadable_file')], 'put_off'],
	['one for which there was no room', [failed('storage_full')], 'put_off'],
	['one that was cancelled', [{ outcome: 'cancelled' }], 'put_off'],
	['one that the run did not come to', [], 'put_off'],
	['an archive of which one file asks', [{}, { outcome: 'needs_pin' }, failed('not_text')], 'asked'],
	['an archive of which one file is no export', [failed('not_text'), {}], 'imported'],
	['an archive that was cancelled half way', [{}, { outcome: 'cancelled' }], 'put_off']
];

describe('what became of a file of the inbox', () => {
	it.each(CASES)('%s', (_, files, outcome) => {
		const report = importReport(files.map((file) => fileReport({ ...file, source: 1 })));
		expect(inboxOutcomes(2, report)).toEqual(['put_off', outcome]);
	});

	it('puts all of them off where the run failed as a whole', () => {
		expect(inboxOutcomes(2, null)).toEqual(['put_off', 'put_off']);
	});
});
