import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveFacts } from '../../../../src/lib/engine/reported/resolve-facts';
import { ADS_LEVELS, type AdsPath, type Fact } from '../../../../src/lib/model/reported';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { answerWith, batchesOf, blocksOf, fact } from '../../../support/reported-answer';

const DAY = '2026-09-01';
const PAID = { content_type: ['paid'] };

describe('resolving facts', () => {
	const many = batchesOf(
		Array.from({ length: 40_000 }, (_, i) =>
			fact(DAY, 'saves', i, { subject: { kind: 'pin', id: String(10_000 + i) } })
		)
	).map(blocksOf);

	it('lets others have a turn in between, and comes to the same', async () => {
		let turns = 0;
		const facts = await resolveFacts(() => void turns++, many);
		expect(turns).toBeGreaterThan(3);
		expect([...facts.rows()].filter(({ counts }) => counts)).toHaveLength(40_000);
	});

	it('stops where it is no longer wanted', async () => {
		const stop = new AbortController();
		let turns = 0;
		const pace = () => {
			if (++turns === 3) stop.abort();
			stop.signal.throwIfAborted();
		};
		await expect(resolveFacts(pace, many)).rejects.toMatchObject({ name: 'AbortError' });
		expect(turns).toBe(3);
	});
});

describe('any reports on ads of any accounts', () => {
	/** A row of a report: of the account, or of a campaign, ad group or ad with all above it. */
	interface Row {
		readonly level: number;
		readonly place: number;
		readonly profile: number;
		readonly naming: number;
		readonly value: number;
		readonly imported: number;
	}
	const PROFILES = ['', 'Oak', 'Elm'];

	/** Campaign 1 has ad groups 11 and 12, group 11 has ads 111 and 112, and so on. */
	function pathOf({ level, place, naming, profile }: Row): AdsPath {
		const digits = String(place + 111).padStart(3, '1');
		return Object.fromEntries(
			ADS_LEVELS.slice(0, level).map((name, l) => {
				// Names are the same in no two accounts, and each was seen with its id by what is added below.
				const id = `${profile}${digits.slice(0, l + 1)}`;
				return [
					name,
					naming === 0 ? { id, name: '' } : naming === 1 ? { id: '', name: `n${id}` } : { id, name: `n${id}` }
				];
			})
		);
	}

	/** The same by the letter of the rules: latest per key, the widest level per account, then accounts. */
	function plainValue(rows: readonly Row[]): number | null {
		const known = PROFILES.filter((name, p) => name !== '' && rows.some(({ profile }) => profile === p));
		const accountOf = ({ profile }: Row) =>
			PROFILES[profile] === '' && known.length === 1 ? known[0]! : PROFILES[profile]!;
		const latest = new Map<string, { row: Row; sum: number }>();
		for (const row of [...rows].sort((a, b) => a.imported - b.imported)) {
			const digits = String(row.place + 111)
				.padStart(3, '1')
				.slice(0, row.level);
			const key = JSON.stringify([
				accountOf(row),
				row.level,
				row.level === 0 ? '' : `${row.profile}${digits}`
			]);
			const before = latest.get(key);
			const adds = before?.row.imported === row.imported ? before.sum : 0;
			latest.set(key, { row, sum: adds + row.value });
		}
		const ofAccount = (account: string): number | null => {
			const own = [...latest.values()].filter(({ row }) => accountOf(row) === account);
			const widest = Math.min(...own.map(({ row }) => row.level));
			return own.length === 0
				? null
				: own.reduce((sum, { row, sum: value }) => sum + (row.level === widest ? value : 0), 0);
		};
		const named = known.map(ofAccount).filter((value) => value !== null);
		return named.length > 0 ? named.reduce((a, b) => a + b) : ofAccount('');
	}

	it('come to what the rules say: the later replaces, levels are not mixed, named accounts add up', () => {
		const row = fc.record({
			level: fc.nat(3),
			place: fc.constantFrom(0, 1, 10, 11, 100, 101),
			profile: fc.nat(2),
			naming: fc.nat(2),
			value: fc.nat(50),
			imported: fc.nat(3)
		});
		const query = openQuery({ filter: openFilter({ from: DAY, to: DAY, values: PAID }), grain: 'day' });
		fc.assert(
			fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
				const imports: Fact[][] = [[], [], [], []];
				for (const one of rows) {
					imports[one.imported]!.push(
						fact(DAY, 'impressions', one.value, {
							filters: PAID,
							ads: pathOf(one),
							profile: PROFILES[one.profile]!
						})
					);
				}
				// Another metric shows which name has which id.
				const names = rows.map((one) =>
					fact(DAY, 'saves', 1, {
						filters: PAID,
						ads: pathOf({ ...one, naming: 2 }),
						profile: PROFILES[one.profile]!
					})
				);
				const { value } = answerWith(batchesOf(...imports, names), query).totals.impressions;
				expect(value).toBe(plainValue(rows));
			}),
			{ numRuns: 300 }
		);
	});
});
