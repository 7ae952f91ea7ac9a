import { exportOf, quarterOfExports, yearOfExports } from '../../support/year-of-exports';
import { DOLLARS, EUROS } from './ads-reports';
import { CHANGES_FILE } from './changes-file';
import { manyPinsFile } from './many-pins-file';
import { PEOPLE_FILE } from './people-file';
import { SMALL_FILE } from './small-file';

/** Files that are stored where a test begins. */
export interface Stock {
	/** Stocks of one name hold the same. */
	readonly name: string;
	readonly files: readonly { readonly name: string; readonly text: string }[];
}

export const NOTHING: Stock = { name: 'nothing', files: [] };
export const SMALL: Stock = { name: 'small', files: [{ name: 'small.csv', text: SMALL_FILE }] };

export const CHANGES: Stock = { name: 'changes', files: [{ name: 'changes.csv', text: CHANGES_FILE }] };

export const ADS: Stock = { name: 'ads', files: [EUROS, DOLLARS] };

/** How many Pins MANY_PINS has. */
export const PINS = 3_000;
export const MANY_PINS: Stock = {
	name: 'many Pins',
	files: [{ name: 'many.csv', text: manyPinsFile(PINS) }]
};

export const ONE_EXPORT: Stock = { name: 'one export', files: [exportOf('Impressions', 3)] };
export const QUARTER_OF_EXPORTS: Stock = { name: 'quarter of exports', files: quarterOfExports(3) };
export const YEAR_OF_EXPORTS: Stock = { name: 'year of exports', files: yearOfExports() };

export const PEOPLE: Stock = { name: 'people', files: [{ name: 'people.csv', text: PEOPLE_FILE }] };

/** Events that name nobody. */
export const NOBODY: Stock = {
	name: 'nobody',
	files: [{ name: 'nobody.csv', text: 'timestamp,event,pin_id\n2026-06-01,impression,lamp\n' }]
};
