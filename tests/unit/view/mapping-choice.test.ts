import { expect, it } from 'vitest';
import { COLUMN_ROLES, TABLE_KINDS, type Mapping, type TablePreview } from '../../../src/lib/model/mapping';
import {
	canImport,
	isDateOrderOpen,
	rolesByGroup,
	withDecimal,
	withKind,
	withRole,
	zonesOffered
} from '../../../src/lib/view/mapping-choice';

const MAPPING: Mapping = { kind: 'figures', roles: ['date', 'saves', ''] };
const TWO_READINGS: TablePreview = {
	names: ['Day', 'Saves', 'Note'],
	mapping: MAPPING,
	isSaved: false,
	missing: [],
	twice: [],
	rows: [],
	dateReadings: [
		{ order: 'dmy', from: '2026-04-03', to: '2026-05-05' },
		{ order: 'mdy', from: '2026-03-04', to: '2026-05-05' }
	]
};

it.each(TABLE_KINDS)('offers each role of a table of %s in one group', (kind) => {
	const offered = rolesByGroup(kind).flatMap(({ roles }) => roles);
	expect(offered.toSorted()).toEqual([...COLUMN_ROLES[kind]].sort());
});

it('groups what a row is about, days, details and metrics', () => {
	const groups = new Map(
		rolesByGroup('figures').map(({ group, roles }) => [group, roles as readonly string[]])
	);
	expect(groups.get('about')).toContain('pin_id');
	expect(groups.get('days')).toContain('week');
	expect(groups.get('details')).toContain('pin_title');
	expect(groups.get('metrics')).toContain('spend');
});

it('changes the role of one column and keeps the rest', () => {
	const mapping: Mapping = { ...MAPPING, decimal: ',' };
	expect(withRole(mapping, 2, 'closeups')).toEqual({ ...mapping, roles: ['date', 'saves', 'closeups'] });
});

it('keeps the roles that the other kind of table has too', () => {
	const mapping: Mapping = { kind: 'figures', roles: ['pin_id', 'saves', 'device'], dateOrder: 'dmy' };
	expect(withKind(mapping, 'events')).toEqual({ kind: 'events', roles: ['pin_id', '', 'device'] });
});

it('leaves the decimal sign to the file again', () => {
	const mapping = withDecimal(MAPPING, ',');
	expect(mapping.decimal).toBe(',');
	expect(withDecimal(mapping, '')).toEqual(MAPPING);
	expect(mapping.decimal).toBe(',');
});

it('imports no table whose dates can be read in two ways until one is chosen', () => {
	expect(isDateOrderOpen(TWO_READINGS, MAPPING)).toBe(true);
	expect(canImport(TWO_READINGS, MAPPING)).toBe(false);
	expect(canImport(TWO_READINGS, { ...MAPPING, dateOrder: 'ymd' })).toBe(false);
	expect(canImport(TWO_READINGS, { ...MAPPING, dateOrder: 'mdy' })).toBe(true);
});

it('imports no table that lacks a column or has one twice', () => {
	const settled = { ...TWO_READINGS, dateReadings: [] };
	expect(canImport(settled, MAPPING)).toBe(true);
	expect(canImport({ ...settled, missing: ['date'] }, MAPPING)).toBe(false);
	expect(canImport({ ...settled, twice: ['saves'] }, MAPPING)).toBe(false);
});

it('offers UTC, the browser’s zone and a chosen one, each once', () => {
	expect(zonesOffered(MAPPING, 'Europe/Stockholm')).toEqual(['UTC', 'Europe/Stockholm']);
	expect(zonesOffered(MAPPING, 'UTC')).toEqual(['UTC']);
	expect(zonesOffered({ ...MAPPING, zone: 'Asia/Tokyo' }, 'UTC')).toEqual(['UTC', 'Asia/Tokyo']);
});
