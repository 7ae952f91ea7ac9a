import type { InsightsRow } from '../../model/insights';

/** The rows of a snapshot, each name of a section once. */
export class InsightsRows {
	readonly #rows = new Map<string, InsightsRow>();

	get rows(): InsightsRow[] {
		return [...this.#rows.values()];
	}

	/** Adds rows, unless one contradicts what is there. Returns that one, or null. */
	add(rows: readonly InsightsRow[]): InsightsRow | null {
		const keyOf = ({ section, category, name }: InsightsRow) => `${section}\n${category}\n${name}`;
		const contradicting = rows.find((row) => {
			const known = this.#rows.get(keyOf(row));
			return known && (known.share !== row.share || known.affinity !== row.affinity);
		});
		if (contradicting) return contradicting;
		for (const row of rows) this.#rows.set(keyOf(row), row);
		return null;
	}
}
