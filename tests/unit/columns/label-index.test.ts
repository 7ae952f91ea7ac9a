import { beforeAll, describe, expect, it } from 'vitest';
import { LabelIndex } from '../../../src/lib/columns/label-index';
import type { Label } from '../../../src/lib/model/own-words';
import { MemoryWorkspace, utf8 } from '../../support/memory-workspace';

/** Which Pins bear which label. */

const FILE = [
	'timestamp,event,pin_id,pin_title,board,link,created_at',
	'2026-06-01T00:00:00Z,impression,1,Oak LAMP,Light,https://shop.example/a,2026-03-05T23:59:59Z',
	'2026-06-01T00:00:00Z,impression,2,Apron,Lamps and more,,2026-03-06',
	'2026-06-01T00:00:00Z,impression,3,Ä chair,,https://shop.example/lamp,2026-04-01',
	'2026-06-01T00:00:00Z,impression,4,la,mp,,',
	'2026-06-01T00:00:00Z,impression,5,,,,'
].join('\n');
const workspace = new MemoryWorkspace();

beforeAll(async () => {
	await workspace.import(utf8(FILE));
});

function label(name: string, some: Partial<Label> = {}): Label {
	const rule = { words: '', createdFrom: null, createdTo: null };
	return { id: name, changedAt: 1, name, ...rule, pinIds: [], ofFiles: [], ...some };
}

/** The ids of the Pins that bear a label. */
function bearers(...labels: Label[]): string[] {
	const catalogue = workspace.catalogue();
	const index = new LabelIndex(labels, catalogue);
	return Array.from(index.pinsOf(labels[0]!.name), (pin) => catalogue.pinId(pin));
}

describe('a label', () => {
	it.each([
		['lamp', ['1', '2', '3']],
		['LAMP', ['1', '2', '3']],
		['ä', ['3']],
		['oak lamp', ['1']],
		// Words across two texts are none.
		['lamp\n', []],
		['shop.example/a', ['1']],
		['nothing of this', []]
	])('with the words "%s" is borne by the Pins whose title, link or board contains them', (words, pins) => {
		if (words.endsWith('\n')) words = words.trimEnd() + 'light'; // title and board side by side
		expect(bearers(label('a', { words }))).toEqual(pins);
	});

	it.each([
		['2026-03-05', null, ['1', '2', '3']],
		['2026-03-06', null, ['2', '3']],
		[null, '2026-03-05', ['1']],
		['2026-03-06', '2026-03-31', ['2']]
	])('of days of creation from %s to %s takes in the Pins of these days, both included', (from, to, pins) => {
		expect(bearers(label('a', { createdFrom: from, createdTo: to }))).toEqual(pins);
	});

	it('takes in what meets all parts of its rule, and every Pin that is named', () => {
		const rule = { words: 'lamp', createdFrom: '2026-03-06' };
		const ofFiles = [{ fingerprint: 'f', pinIds: ['4', 'not stored'] }];
		expect(bearers(label('a', { ...rule, pinIds: ['5', '5'], ofFiles }))).toEqual(['2', '3', '4', '5']);
	});

	it('without a rule and without Pins is borne by none', () => {
		expect(bearers(label('a'))).toEqual([]);
	});
});

it('masks the Pins that bear any of some labels, and those without one', () => {
	const labels = [label('a', { pinIds: ['1', '2'] }), label('b', { pinIds: ['2', '4'] })];
	const index = new LabelIndex(labels, workspace.catalogue());
	expect(index.names).toEqual(['a', 'b']);
	expect([...index.mask(['a', 'b'])]).toEqual([1, 1, 0, 1, 0]);
	expect([...index.mask([''])]).toEqual([0, 0, 1, 0, 1]);
	expect([...index.mask(['', 'b'])]).toEqual([0, 1, 1, 1, 1]);
	expect([...index.mask(['unknown'])]).toEqual([0, 0, 0, 0, 0]);
});
