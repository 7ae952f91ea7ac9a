import { expect, it } from 'vitest';
import { countOutcomes, listedFiles } from '../../../src/lib/view/file-outcomes';
import { fileReport } from '../../support/file-report';

const FILES = [
	fileReport({ file: 'there', outcome: 'already_there' }),
	fileReport({ file: 'fine' }),
	fileReport({ file: 'asks', outcome: 'needs_days' }),
	fileReport({ file: 'rejects', rejected: 2 }),
	fileReport({ file: 'fails', outcome: 'failed' }),
	fileReport({ file: 'replaces', replaced: [{ file: 'fine', figures: 3 }] }),
	fileReport({ file: 'fine too' })
];

it('lists first what somebody may have to do something about, without what is asked', () => {
	const names = listedFiles(FILES, 30).map(({ file }) => file);
	expect(names).toEqual(['fails', 'replaces', 'rejects', 'fine', 'fine too', 'there']);
});

it('lists no more files than asked for, whichever comes last', () => {
	expect(listedFiles(FILES, 2).map(({ file }) => file)).toEqual(['fails', 'replaces']);
	expect(listedFiles(FILES, 0)).toEqual([]);
});

it('counts each file under one outcome', () => {
	const more = [...FILES, fileReport({ outcome: 'needs_pin' }), fileReport({ outcome: 'cancelled' })];
	expect(countOutcomes(more)).toEqual({ imported: 4, alreadyThere: 1, asked: 2, failed: 1, cancelled: 1 });
});
