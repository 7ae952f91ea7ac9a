import type { ColumnReport } from '../../model/import-report';
import type { Mapping } from '../../model/mapping';
import { roleName } from './mapped-meaning';
import type { Table } from './table';
import type { TableReading } from './table-reading';

/** How each column was read, by the roles of the mapping dialogue. */
export function columnReports(table: Table, { columns }: TableReading): ColumnReport[] {
	return table.columns.map((name, i) => ({ name, role: roleName(columns[i] ?? null) }));
}

/** The mapping that leads to a reading. */
export function mappingOf(table: Table, reading: TableReading): Mapping {
	return {
		kind: 'figures',
		roles: columnReports(table, reading).map(({ role }) => role),
		decimal: reading.decimal,
		...(reading.dateReadings.length > 0 ? {} : { dateOrder: reading.dateOrder })
	};
}
