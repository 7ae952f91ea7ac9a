import { beforeAll, describe, expect, it } from 'vitest';
import { LabelIndex } from '../../../src/lib/columns/label-index';
import { both, pinMask } from '../../../src/lib/engine/pin-mask';
import type { PinMask } from '../../../src/lib/engine/plan';
import type { Label } from '../../../src/lib/model/own-words';
import type { Subject } from '../../../src/lib/model/query';
import { MemoryWorkspace, openFilter, utf8 } from '../../support/memory-workspace';

/** Which Pins a question counts. */

const FILE = [
	'timestamp,event,pin_id,board',
	'2026-06-01,impression,lamp,Light',
	'2026-06-01,impression,bulb,Light',
	'2026-06-01,impression,apron,Kitchen',
	'2026-06-01,impression,loose,'
].join('\n');

const LABELS: readonly Label[] = [
	{ name: 'sale', pinIds: ['bulb', 'apron'] },
	{ name: 'new', pinIds: ['loose'] }
].map(({ name, pinIds }) => {
	const rule = { words: '', createdFrom: null, createdTo: null };
	return { id: name, changedAt: 1, name, ...rule, pinIds, ofFiles: [] };
});

const workspace = new MemoryWorkspace();

beforeAll(async () => {
	await workspace.import(utf8(FILE));
});

/** The mask of the Pins with these ids. */
function maskOf(ids: readonly string[]): PinMask {
	const catalogue = workspace.catalogue();
	return Uint8Array.from({ length: catalogue.pinCount }, (_, pin) =>
		ids.includes(catalogue.pinId(pin)) ? 1 : 0
	);
}

interface Asked {
	readonly subject?: Subject;
	readonly label?: readonly string[];
	readonly onlyPins?: readonly string[];
	/** Whether the workspace has labels; it has where nothing is said. */
	readonly hasLabels?: boolean;
}

/** The ids of the Pins that count; null where all do. */
async function counted({ subject, label = [], onlyPins, hasLabels = true }: Asked) {
	const catalogue = workspace.catalogue();
	const { values } = openFilter();
	const mask = await pinMask(
		{ subject: subject ?? null, filter: openFilter({ values: { ...values, label } }) },
		{
			catalogue: async () => catalogue,
			...(hasLabels ? { labels: async () => new LabelIndex(LABELS, catalogue) } : {}),
			...(onlyPins ? { onlyPins: maskOf(onlyPins) } : {})
		}
	);
	if (mask === null) return null;
	expect(mask).toHaveLength(catalogue.pinCount);
	return [...mask.keys()].filter((pin) => mask[pin] === 1).map((pin) => catalogue.pinId(pin));
}

const board = (name: string): Subject => ({ kind: 'board', name });

describe('the Pins that count', () => {
	it.each<{ name: string; asked: Asked; pins: readonly string[] | null }>([
		{ name: 'are all where nothing is asked', asked: {}, pins: null },
		{ name: 'are one on its page', asked: { subject: { kind: 'pin', name: 'apron' } }, pins: ['apron'] },
		{
			name: 'are none on the page of an unknown Pin',
			asked: { subject: { kind: 'pin', name: 'x' } },
			pins: []
		},
		{ name: 'are those of a board on its page', asked: { subject: board('Light') }, pins: ['lamp', 'bulb'] },
		{ name: 'are those without a board on theirs', asked: { subject: board('') }, pins: ['loose'] },
		{ name: 'are none on the page of an unknown board', asked: { subject: board('Garden') }, pins: [] },
		{ name: 'bear a label', asked: { label: ['sale'] }, pins: ['bulb', 'apron'] },
		{
			name: 'bear any of several labels',
			asked: { label: ['new', 'sale'] },
			pins: ['bulb', 'apron', 'loose']
		},
		{ name: 'bear none where that is asked', asked: { label: [''] }, pins: ['lamp'] },
		{
			name: 'are of the board and bear the label',
			asked: { subject: board('Light'), label: ['sale'] },
			pins: ['bulb']
		},
		{
			name: 'are none by a label where there are no labels',
			asked: { label: ['sale'], hasLabels: false },
			pins: []
		},
		{ name: 'are those that are chosen besides', asked: { onlyPins: ['lamp'] }, pins: ['lamp'] },
		{
			name: 'are those that are chosen and on the board',
			asked: { subject: board('Light'), onlyPins: ['lamp', 'apron'] },
			pins: ['lamp']
		}
	])('$name', async ({ asked, pins }) => {
		expect(await counted(asked)).toEqual(pins);
	});
});

describe('two masks', () => {
	it('let pass what both do, and one that is not there lets all pass', () => {
		const [a, b] = [Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 0, 1, 0)];
		expect(both(a, b)).toEqual(Uint8Array.of(1, 0, 0, 0));
		expect([both(a, null), both(null, b), both(null, null)]).toEqual([a, b, null]);
	});
});
