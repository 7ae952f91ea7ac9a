import { FACT_METRICS, MICROS_PER_UNIT, additionOf, type FactMetric } from '../../model/fact-metric';
import { dimensionNamed } from '../reported/filter-names';
import { meaningOf, type ColumnMeaning, type ColumnRole } from './column-names';

/** The role of a column as a mapping has it; '' for none. */
export function roleName(meaning: ColumnMeaning | null): string {
	switch (meaning?.kind) {
		case 'metric':
			return meaning.metric;
		case 'dimension':
			return meaning.dimension;
		case 'role':
			return meaning.role;
		default:
			return '';
	}
}

/** What a column is by the role that somebody gave it; in the unit of its name, where the name has the same role. */
export function mappedMeaning(name: string, role: string): ColumnMeaning | null {
	if (role === '') return null;
	const byName = meaningOf(name);
	if (byName && roleName(byName) === role) return byName;
	if (Object.hasOwn(FACT_METRICS, role)) {
		const metric = role as FactMetric;
		const times = additionOf(metric) === 'money' ? MICROS_PER_UNIT : 1;
		return { kind: 'metric', metric, part: 'both', span: 'period', times, per: 1, isPercent: false };
	}
	const dimension = dimensionNamed(role);
	return dimension ? { kind: 'dimension', dimension } : { kind: 'role', role: role as ColumnRole };
}
