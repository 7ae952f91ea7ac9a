import { describe, expect, it } from 'vitest';
import { withJsonCells } from '../../../../src/lib/import/tables/json-cells';
import { profileOf } from '../../../../src/lib/import/tables/profile';
import type { Cell, Table } from '../../../../src/lib/import/tables/table';
import { contentsOf, told } from '../../../support/reported-file';

const { signal } = new AbortController();

function tableOf(columns: readonly string[], ...rows: (readonly Cell[])[]): Table {
	return {
		name: '',
		columns,
		preamble: [],
		delimiter: ',',
		isLevels: false,
		lacksPin: false,
		rows: async function* () {
			yield rows.map((cells, i) => ({ line: i + 2, cells }));
		}
	};
}

async function expanded(table: Table) {
	const own = withJsonCells(table, await profileOf(signal, table));
	if (!own) return null;
	const rows: (readonly Cell[])[] = [];
	for await (const block of own.rows(signal)) rows.push(...block.map(({ cells }) => cells));
	return { columns: own.columns, rows };
}

describe('cells that hold an object', () => {
	it('count as columns, which rows may have in any order', async () => {
		const table = tableOf(
			['Date', 'metrics', 'Note'],
			['2026-09-01', '{"SAVE":2,"IMPRESSION":10}', 'x'],
			['2026-09-02', '{"IMPRESSION":11,"more":{"PIN_CLICK":1}}'],
			['2026-09-03', '', 'y'],
			['2026-09-04', '{"IMPRESSION":', 'z']
		);
		const read = (await expanded(table))!;
		expect(read.columns).toEqual([
			'Date',
			'metrics',
			'Note',
			'metrics.SAVE',
			'metrics.IMPRESSION',
			'metrics.more.PIN_CLICK'
		]);
		const figures = read.rows.map((cells) => [3, 4, 5].map((i) => cells[i] ?? null));
		expect(figures).toEqual([
			[2, 10, null],
			[null, 11, 1],
			[null, null, null],
			[null, null, null]
		]);
	});

	it('are let be in other columns, and where most cells hold none', async () => {
		expect(await expanded(tableOf(['Date', 'Note'], ['2026-09-01', '{"SAVE":2}']))).toBeNull();
		const few = tableOf(['Date', 'metrics'], ['d', '{"SAVE":2}'], ['d', 'none of it'], ['d', '7']);
		expect(await expanded(few)).toBeNull();
	});

	it('give figures of their rows', async () => {
		const text = 'date,metrics\n2026-09-01,"{""SAVE"": 2, ""IMPRESSION"": 10}"\n2026-09-02,"{""SAVE"": -1}"';
		const contents = await contentsOf(text);
		expect(told(contents)).toEqual(['impressions 2026-09-01 account = 10', 'saves 2026-09-01 account = 2']);
		expect(contents).toMatchObject({ accepted: 1, rejected: 1 });
	});
});
