import { expect, it } from 'vitest';
import { contentsOf } from '../../../src/lib/view/contents';

const columns = (...roles: string[]) => roles.map((role) => ({ name: role, role }));

it.each([
	{ kind: 'events', name: null, roles: [], holds: 'events' },
	{ kind: 'figures', name: 'overview_export', roles: [], holds: 'daily_figures' },
	{ kind: 'figures', name: 'api_top_pins', roles: [], holds: 'figures_of_pins' },
	{ kind: 'figures', name: 'ads_report', roles: ['date'], holds: 'figures_of_ads' },
	{ kind: 'figures', name: 'table', roles: ['date', 'saves'], holds: 'daily_figures' },
	{ kind: 'figures', name: 'table', roles: ['date', 'pin_id', 'saves'], holds: 'figures_of_pins' },
	{ kind: 'figures', name: 'table', roles: ['campaign', 'pin_id', 'spend'], holds: 'figures_of_ads' },
	{ kind: 'figures', name: 'table', roles: ['month', 'saves'], holds: 'figures' },
	{ kind: 'figures', name: 'table', roles: [], holds: 'figures' },
	{ kind: 'levels', name: 'table', roles: ['pin_id', 'saves'], holds: 'totals' },
	{ kind: 'directory', name: 'pins_archive', roles: [], holds: 'names' },
	{ kind: 'insights', name: 'audience_insights', roles: [], holds: 'insights' }
] as const)('a file of $kind from $name with $roles holds $holds', ({ kind, name, roles, holds }) => {
	expect(contentsOf(kind, name, columns(...roles))).toBe(holds);
});
