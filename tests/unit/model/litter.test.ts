import { expect, it } from 'vitest';
import { isLitter } from '../../../src/lib/model/litter';

it.each([
	'.DS_Store',
	'Exports/.DS_Store',
	'._overview.csv',
	'Exports/2026/._overview.csv',
	'__MACOSX/Exports/overview.csv',
	'Exports/__MACOSX/overview.csv',
	'Thumbs.db',
	'thumbs.db',
	'a/desktop.ini',
	'a/Desktop.ini'
])('%s was left by a system', (path) => expect(isLitter(path)).toBe(true));

it.each([
	'overview.csv',
	'.csv',
	'my._overview.csv',
	'_overview.csv',
	'my Thumbs.db',
	'Thumbs.db.csv',
	'not__MACOSX/overview.csv',
	'desktop.ini/overview.csv'
])('%s was not', (path) => expect(isLitter(path)).toBe(false));
