import { describe, expect, it } from 'vitest';
import { valuesOfTuples } from '../../../src/lib/columns/own-columns';
import type { OwnDimension } from '../../../src/lib/model/dimension';
import { MAX_OPEN_VALUES } from '../../../src/lib/model/event';
import { handedOff } from '../../support/handed-off';
import { MemoryWorkspace, bufferSource, openFilter, openQuery, utf8 } from '../../support/memory-workspace';

/** Impressions by value of a column, '' for none. */
async function shares(workspace: MemoryWorkspace, dimension: OwnDimension): Promise<Record<string, number>> {
	const answer = await workspace.answer(openQuery());
	return Object.fromEntries(
		(answer.shares[dimension] ?? []).map(({ value, impressions }) => [value, impressions])
	);
}

const csv = (header: string, ...rows: string[]) => utf8([header, ...rows].join('\n'));
const event = (minute: number, own: string) =>
	`2026-01-01T00:${String(minute).padStart(2, '0')}Z,impression,p${own}`;

describe('columns of an event file', () => {
	it('are taken in by headers that begin with own, whatever their case and spaces', async () => {
		const workspace = new MemoryWorkspace();
		const file = csv(
			'timestamp,event,pin_id,Own.Camp aign',
			event(0, '1,a'),
			event(1, '1,'),
			event(2, '1, a ')
		);
		const { own, offered, unknownColumns } = await workspace.import(file);
		expect({ own, offered, unknownColumns }).toEqual({ own: ['camp_aign'], offered: [], unknownColumns: [] });
		expect(await shares(workspace, 'own.camp_aign')).toEqual({ a: 2, '': 1 });
	});

	it('are offered with their number of values, and kept where they are chosen', async () => {
		const file = csv(
			'timestamp,event,pin_id,Campaign,Note',
			event(0, '1,a,'),
			event(1, '1,b,'),
			event(2, '1,a,')
		);
		const workspace = new MemoryWorkspace();
		const first = await workspace.import(file);
		expect(first).toMatchObject({ own: [], unknownColumns: ['Campaign', 'Note'] });
		expect(first.offered).toEqual([{ name: 'Campaign', values: 2 }]);
		workspace.undo(first.batchId);
		const second = await workspace.import(file, 1, ['Campaign']);
		expect(second).toMatchObject({ own: ['campaign'], unknownColumns: ['Note'] });
		expect(await shares(workspace, 'own.campaign')).toEqual({ a: 2, b: 1 });
	});

	it('are kept without a question once the workspace has them, and at most four', async () => {
		const workspace = new MemoryWorkspace();
		await workspace.import(csv('timestamp,event,pin_id,own.a,own.b,own.c', event(0, '1,x,y,z')));
		const next = await workspace.import(csv('timestamp,event,pin_id,D,A,own.e', event(1, '1,v,w,u')), 1, [
			'D'
		]);
		expect(next).toMatchObject({ own: ['a', 'd'], unknownColumns: ['own.e'], offered: [] });
		expect(await shares(workspace, 'own.a')).toEqual({ x: 1, w: 1 });
		expect(await shares(workspace, 'own.b')).toEqual({ y: 1, '': 1 });
	});

	it('with more than 1,000 values are not offered', async () => {
		const rows = Array.from({ length: 1_001 }, (_, i) => event(i % 60, `1,few${i % 1_000},many${i}`));
		const { offered } = await new MemoryWorkspace().import(csv('timestamp,event,pin_id,few,many', ...rows));
		expect(offered).toEqual([{ name: 'few', values: 1_000 }]);
	});

	it('have 10,000 values, further rows are rejected and leave no trace', async () => {
		const workspace = new MemoryWorkspace();
		const rows = Array.from({ length: MAX_OPEN_VALUES + 2 }, (_, i) => event(i % 60, `1,acc${i % 7},v${i}`));
		const file = csv(
			'timestamp,event,pin_id,account,own.x',
			...rows,
			event(3, '1,last,v5'),
			event(3, '1,last,')
		);
		const { accepted, rejected, rejections } = await workspace.import(file);
		expect({ accepted, rejected }).toEqual({ accepted: MAX_OPEN_VALUES + 2, rejected: 2 });
		expect(rejections[0]).toEqual({
			line: MAX_OPEN_VALUES + 2,
			column: null,
			reason: 'too_many_own_values',
			value: `v${MAX_OPEN_VALUES}`
		});
	});

	it('say the same side by side, apart, quoted, in other orders of columns and as JSON', async () => {
		const rows = Array.from({ length: 600 }, (_, i) => ({
			timestamp: `2026-01-01T00:${String(i % 60).padStart(2, '0')}Z`,
			event: 'impression',
			pin_id: `p${i % 5}`,
			'own.a': ['', 'x', 'y "z"', 'a,b'][i % 4]!,
			'own.b': i % 3 === 0 ? '' : `b${i % 11}`,
			pin_title: `t${i % 3}`
		}));
		const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
		const written = (columns: readonly (keyof (typeof rows)[number])[], quote = cell) =>
			csv(columns.join(','), ...rows.map((row) => columns.map((column) => quote(row[column])).join(',')));
		const files = [
			written(['timestamp', 'event', 'pin_id', 'own.a', 'own.b', 'pin_title']),
			written(['own.b', 'timestamp', 'event', 'pin_title', 'pin_id', 'own.a']),
			written(
				['own.b', 'own.a', 'timestamp', 'event', 'pin_id', 'pin_title'],
				(text) => `"${text.replaceAll('"', '""')}"`
			),
			utf8(rows.map((row) => JSON.stringify(row)).join('\n'))
		];
		const told: unknown[] = [];
		for (const file of files) {
			const workspace = new MemoryWorkspace();
			await workspace.import(file);
			told.push([await shares(workspace, 'own.a'), await shares(workspace, 'own.b'), tuplesOf(workspace)]);
		}
		expect(told[0]).toEqual([
			{ '': 150, x: 150, 'y "z"': 150, 'a,b': 150 },
			expect.objectContaining({ '': 200 }),
			expect.anything()
		]);
		for (const other of told.slice(1)) expect(other).toEqual(told[0]);
	});

	it('go out as events and come in again, after the native columns', async () => {
		const workspace = new MemoryWorkspace();
		await workspace.import(
			csv(
				'timestamp,event,pin_id,own.b,own.a',
				event(0, '1,x,=1+1'),
				event(1, '2,,y'),
				event(2, '3,"q,""r""",')
			)
		);
		await workspace.import(csv('timestamp,event,pin_id', event(3, '4')));
		const out = await workspace.exportCsv('events', openQuery());
		const text = new TextDecoder().decode(out);
		expect(text.split('\r\n')[0]).toMatch(/,created_at,own\.a,own\.b$/);
		const again = new MemoryWorkspace();
		await again.import(out);
		expect(new TextDecoder().decode(await again.exportCsv('events', openQuery()))).toBe(text);
		expect(await shares(again, 'own.a')).toEqual(await shares(workspace, 'own.a'));
		const filtered = openQuery({ filter: openFilter({ values: { 'own.b': ['', 'x'] } }) });
		const some = new TextDecoder().decode(await workspace.exportCsv('events', filtered));
		expect(some.trimEnd().split('\r\n')).toHaveLength(4);
	});
});

/** Per segment, the values that its rows have in all columns. */
function tuplesOf(workspace: MemoryWorkspace): number[] {
	return workspace.segments.map((segment) => {
		const of = valuesOfTuples(segment, 'a')!;
		return segment.own!.rows.filter((tuple) => of(tuple) !== 0).length;
	});
}

describe('Parquet', () => {
	it('goes out with them, and comes in with them again', async () => {
		const workspace = new MemoryWorkspace();
		const rows = Array.from({ length: 300 }, (_, i) =>
			event(i % 60, `1,${['', 'x', '"y ""z"""'][i % 3]},b${i % 7}`)
		);
		await workspace.import(csv('timestamp,event,pin_id,own.a,own.b', ...rows));
		const again = new MemoryWorkspace();
		const { own, unknownColumns, accepted } = await again.import(await handedOff(workspace, openQuery()));
		expect({ own, unknownColumns, accepted }).toEqual({ own: ['a', 'b'], unknownColumns: [], accepted: 300 });
		for (const column of ['own.a', 'own.b'] as const)
			expect(await shares(again, column)).toEqual(await shares(workspace, column));
		expect(tuplesOf(again)).toEqual(tuplesOf(workspace));
	});
});

describe('a large file that is read in parts', () => {
	it('counts offered values over all of them', async () => {
		const rows = Array.from({ length: 40 }, (_, i) => event(i, `1,v${i}`));
		const file = csv('timestamp,event,pin_id,Own thing', ...rows);
		const { offered } = await new MemoryWorkspace().import(bufferSource(file), 2);
		expect(offered).toEqual([{ name: 'Own thing', values: 40 }]);
	});
});
