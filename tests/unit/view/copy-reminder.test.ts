import { expect, it } from 'vitest';
import { filesToCopy } from '../../../src/lib/view/copy-reminder';
import { figuresBatch } from '../../support/file-report';

const NEVER = { copiedAt: 0, dismissedAt: 0 };
const files = (count: number, importedAt: number, accepted = 1) =>
	Array.from({ length: count }, (_, id) => figuresBatch({ id, importedAt, accepted }));

it('reminds of what was imported since the last copy, once that is much', () => {
	expect(filesToCopy(files(19, 5), NEVER)).toBe(0);
	expect(filesToCopy(files(20, 5), NEVER)).toBe(20);
	expect(filesToCopy(files(1, 5, 250_000), NEVER)).toBe(1);
	expect(filesToCopy([...files(30, 5), ...files(19, 15)], { copiedAt: 10, dismissedAt: 0 })).toBe(0);
	expect(filesToCopy([...files(30, 5), ...files(20, 15)], { copiedAt: 10, dismissedAt: 0 })).toBe(20);
});

it('comes back after it was put off only once as much was imported again, and counts all of it', () => {
	const dismissed = { copiedAt: 0, dismissedAt: 10 };
	expect(filesToCopy([...files(20, 5), ...files(19, 15)], dismissed)).toBe(0);
	expect(filesToCopy([...files(20, 5), ...files(20, 15)], dismissed)).toBe(40);
});

it('does not count sample data', () => {
	const sample = files(20, 5, 250_000).map((batch) => ({ ...batch, isSample: true }));
	expect(filesToCopy(sample, NEVER)).toBe(0);
});
