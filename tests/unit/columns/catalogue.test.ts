import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/lib/columns/catalogue';
import { Dictionary } from '../../../src/lib/columns/dictionary';
import { PinClaimsBuilder, type PinClaims } from '../../../src/lib/columns/pin-claims';
import { ATTRIBUTES } from '../../../src/lib/model/event';
import { MemoryWorkspace, utf8, openFilter } from '../../support/memory-workspace';

/** Imports rows of Pin `p`, each as time, attributes and format; ids of the batches, in the order of import. */
const HEADER = 'timestamp,event,pin_id,pin_title,board,link,image_url,format\n';
const file = (...rows: string[]) => utf8(HEADER + rows.map((row) => row.replace(',', ',save,p,')).join('\n'));

async function workspaceOf(...files: Uint8Array[]) {
	const workspace = new MemoryWorkspace();
	const ids: number[] = [];
	for (const bytes of files) ids.push((await workspace.import(bytes)).batchId);
	return { workspace, ids, pin: () => workspace.catalogue().pin(0) };
}

describe('the catalogue of a workspace', () => {
	it('knows of each attribute its newest value that is not empty', async () => {
		const { pin } = await workspaceOf(
			file('2024-05-02,Second,,l2,,video', '2024-05-01,First,Board,,i1,idea', '2024-05-03,,,,,carousel')
		);
		expect(pin()).toEqual({
			title: 'Second',
			board: 'Board',
			link: 'l2',
			imageUrl: 'i1',
			createdAt: '',
			format: 'carousel'
		});
	});

	it('lets the later row win where times are equal', async () => {
		const { pin } = await workspaceOf(
			file(
				'2024-05-01,a,A,,,video',
				'2024-05-01T00:00Z,b,,,,idea',
				'2024-05-01,c,C,,,product',
				'2024-05-01,,,,,'
			)
		);
		expect(pin()).toMatchObject({ title: 'c', board: 'C', format: 'standard' });
	});

	it('lets the later import win where times are equal, and the newer time where not', async () => {
		const first = file('2024-05-02,newer,A,,,video', '2024-05-01,same,B,,,idea');
		const { pin } = await workspaceOf(
			first,
			file('2024-05-01,later import,C,,,product', '2024-05-02,,D,,,carousel')
		);
		expect(pin()).toMatchObject({ title: 'newer', board: 'D', format: 'carousel' });
	});

	it('brings back what the others say when an import is undone', async () => {
		const { workspace, ids, pin } = await workspaceOf(
			file('2024-05-01,one,A,l1,,video'),
			file('2024-05-03,three,,,i3,idea'),
			file('2024-05-02,two,B,,,product')
		);
		expect(pin()).toEqual({
			title: 'three',
			board: 'B',
			link: 'l1',
			imageUrl: 'i3',
			createdAt: '',
			format: 'idea'
		});
		workspace.undo(ids[1]!);
		expect(pin()).toEqual({
			title: 'two',
			board: 'B',
			link: 'l1',
			imageUrl: '',
			createdAt: '',
			format: 'product'
		});
		workspace.undo(ids[2]!);
		expect(pin()).toEqual({
			title: 'one',
			board: 'A',
			link: 'l1',
			imageUrl: '',
			createdAt: '',
			format: 'video'
		});
	});

	it('takes the same value again for the newest one, so that an older other value does not win later', async () => {
		const { pin } = await workspaceOf(
			file('2024-05-01,a,,,,', '2024-05-05,a,,,,', '2024-05-03,b,,,,', '2024-05-02,a,,,,')
		);
		expect(pin().title).toBe('a');
	});

	it('keeps attributes to the letter, but for the apostrophe before a formula', async () => {
		const { pin } = await workspaceOf(file(`2024-05-01,'=1, A ,"a ""b""\r\n",\uFEFFx,`));
		expect(pin()).toMatchObject({ title: '=1', board: ' A ', link: 'a "b"\r\n', imageUrl: '\uFEFFx' });
	});

	it('knows when a Pin was made by its newest event that says it, as an instant however it is written', async () => {
		const header = 'timestamp,event,pin_id,created_at\n';
		const { pin, ids, workspace } = await workspaceOf(
			utf8(`${header}2024-05-02,save,p,1704448800\n2024-05-03,save,p, \n2024-05-01,save,p,2020-01-01\n`),
			utf8(`${header}2024-05-02,save,p,2024-01-05T11:00+01:00[Europe/Stockholm]\n2024-05-04,save,p,\n`),
			utf8(`${header}2024-05-03,save,p,2023-12-24 18:30:00.123456 UTC\n`)
		);
		expect(pin().createdAt).toBe('2023-12-24T18:30:00.123Z');
		workspace.undo(ids[2]!);
		expect(pin().createdAt).toBe('2024-01-05T10:00:00.000Z');
		workspace.undo(ids[1]!);
		expect(pin().createdAt).toBe('2024-01-05T10:00:00.000Z');
	});

	it('takes claims that do not know an attribute for ones that say nothing of it', async () => {
		const pins = new Dictionary();
		pins.internText('p');
		const claims = (created: string) => {
			const builder = new PinClaimsBuilder();
			builder.claimFormat(0, 5, 0);
			for (const [attribute, text] of [
				[0, 'Title'],
				[4, created]
			] as const)
				builder.claim(attribute, 0, 5, utf8(text), 0, text.length);
			return builder.finish(Uint32Array.of(0));
		};
		const { created_at: unknown, ...attributes } = claims('2024-01-01T00:00:00.000Z').attributes;
		expect(unknown).toBeDefined();
		const stored = { ...claims(''), attributes };
		const catalogueOf = (...all: PinClaims[]) => new Catalogue([pins.blockFrom(0)], [], 0, all).pin(0);
		expect(catalogueOf(stored)).toMatchObject({ title: 'Title', createdAt: '' });
		const created = '2024-01-05T00:00:00.000Z';
		expect(catalogueOf(claims(created), stored)).toMatchObject({ title: 'Title', createdAt: created });
	});

	it('puts Pins without a board together under an empty name', async () => {
		const workspace = new MemoryWorkspace();
		await workspace.import(
			utf8(
				`${HEADER}2024-05-01,save,p,,,,,\n2024-05-01,save,q,,Kitchen,,,\n2024-05-01,save,r,,,,,\n2024-05-02,save,s,,Kitchen,,,\n`
			)
		);
		const { names: boards, ofPin: boardOfPin } = workspace.catalogue().boards;
		expect(boards).toEqual(['', 'Kitchen']);
		expect([...boardOfPin]).toEqual([0, 1, 0, 1]);
	});

	it('agrees with a plain reading of all rows, with any of the imports undone', async () => {
		const word = fc.constantFrom('', 'x', 'y', 'z');
		const row = fc.record({
			day: fc.integer({ min: 1, max: 4 }),
			pin: fc.constantFrom('p', 'q'),
			words: fc.tuple(word, word, word, word)
		});
		const batches = fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
		await fc.assert(
			fc.asyncProperty(batches, fc.nat({ max: 3 }), async (files, undone) => {
				const workspace = new MemoryWorkspace();
				const ids: number[] = [];
				for (const rows of files) {
					const text = rows
						.map(({ day, pin, words }) => `2024-05-0${day},save,${pin},${words.join(',')},\n`)
						.join('');
					ids.push((await workspace.import(utf8(HEADER + text))).batchId);
				}
				const left = files.filter((_, i) => i !== undone);
				if (undone < files.length) workspace.undo(ids[undone]!);
				const catalogue = workspace.catalogue();
				for (let pin = 0; pin < catalogue.pinCount; pin++) {
					ATTRIBUTES.forEach((name, attribute) => {
						let newest = { day: 0, word: '' };
						for (const { day, pin: id, words } of left.flat()) {
							const text = words[attribute] ?? ''; // nothing says when they were made
							if (id === catalogue.pinId(pin) && text !== '' && day >= newest.day)
								newest = { day, word: text };
						}
						expect(catalogue.attribute(name, pin)).toBe(newest.word);
					});
				}
			}),
			{ seed: 12, numRuns: 150 }
		);
	});

	it('finds texts by number over the blocks of many imports', async () => {
		const workspace = new MemoryWorkspace();
		for (const id of ['a', 'b', 'c', 'd', 'e']) {
			await workspace.import(
				utf8(`timestamp,event,pin_id,user_id,account\n2024-05-01,save,${id},u${id},${id}.example\n`)
			);
		}
		const catalogue = workspace.catalogue();
		expect(catalogue.userCount).toBe(5);
		const userIds = await workspace.prepare(openFilter(), 'month').data.readUserIds();
		expect([0, 1, 2, 3, 4].map((n) => catalogue.pinId(n) + userIds.text(n) + catalogue.accounts[n])).toEqual(
			['a', 'b', 'c', 'd', 'e'].map((id) => `${id}u${id}${id}.example`)
		);
	});
});
