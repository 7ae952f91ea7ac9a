import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	AUDIENCES_OF_INSIGHTS,
	INSIGHTS_SECTIONS,
	newestSnapshots,
	type InsightsRow,
	type InsightsSnapshot
} from '../../../src/lib/model/insights';
import { followedRow, linesOverTime } from '../../../src/lib/view/audience-over-time';
import {
	groupsWith,
	interestGroups,
	rowText,
	sectionsOf,
	sortedGroups
} from '../../../src/lib/view/audience-rows';
import {
	choiceAgainst,
	nearestSnapshot,
	shownSnapshots,
	withAudience
} from '../../../src/lib/view/audience-snapshots';
import { DEFAULT_AUDIENCE_VIEW, type AudienceView } from '../../../src/lib/view/audience-address';

function row(section: InsightsRow['section'], name: string, share: number, more: Partial<InsightsRow> = {}) {
	return { section, name, category: '', share, affinity: null, ...more };
}

function snapshot(
	day: string,
	rows: readonly InsightsRow[] = [],
	audience: InsightsSnapshot['audience'] = 'total'
): InsightsSnapshot {
	return { audience, day, size: null, isUpTo: false, rows };
}

const view = (some: Partial<AudienceView>): AudienceView => ({ ...DEFAULT_AUDIENCE_VIEW, ...some });
const alone = (shown: InsightsSnapshot) => ({ shown, against: null });

const DAYS = ['2026-05-01', '2026-05-09', '2026-05-20', '2026-06-20'];
const NAMES = ['Shelves', 'Rugs', 'Spoons', 'Other'];

const drawnRow: fc.Arbitrary<InsightsRow> = fc.record({
	section: fc.constantFrom(...INSIGHTS_SECTIONS),
	name: fc.constantFrom(...NAMES),
	category: fc.constantFrom('', 'Home'),
	share: fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000),
	affinity: fc.option(fc.integer({ min: 0, max: 4_000 }).map((n) => n / 1_000))
});
const drawnSnapshot: fc.Arbitrary<InsightsSnapshot> = fc.record({
	audience: fc.constantFrom(...AUDIENCES_OF_INSIGHTS),
	day: fc.constantFrom(...DAYS),
	size: fc.option(fc.nat()),
	isUpTo: fc.boolean(),
	rows: fc.uniqueArray(drawnRow, { selector: rowText, maxLength: 12 })
});

describe('the snapshots that are shown', () => {
	const may = snapshot('2026-05-09');
	const june = snapshot('2026-06-20');
	const engaged = snapshot('2026-05-20', [], 'engaged');
	const all = newestSnapshots([june, engaged, may]);

	it('are the newest of the first audience where the address says nothing', () => {
		expect(shownSnapshots([], view({}))).toBeNull();
		expect(shownSnapshots(all, view({}))).toEqual({ shown: june, against: null, absent: [] });
		expect(shownSnapshots([engaged], view({}))?.shown).toBe(engaged);
	});

	it('are those that the address names', () => {
		expect(shownSnapshots(all, view({ day: '2026-05-09' }))?.shown).toBe(may);
		expect(shownSnapshots(all, view({ audience: 'engaged' }))?.shown).toBe(engaged);
	});

	it('are the nearest ones where there is no such day, which is said', () => {
		const asked = view({ day: '2026-05-10', against: { audience: 'engaged', day: '2026-01-01' } });
		expect(shownSnapshots(all, asked)).toEqual({
			shown: may,
			against: engaged,
			absent: [
				{ audience: 'total', day: '2026-05-10' },
				{ audience: 'engaged', day: '2026-01-01' }
			]
		});
		const nobody = view({ audience: 'pinterest', against: { audience: 'pinterest', day: null } });
		expect(shownSnapshots(all, nobody)).toMatchObject({ shown: june, against: null });
		expect(shownSnapshots(all, nobody)?.absent).toHaveLength(2);
	});

	it('are compared with the snapshot nearest to the day that is shown, the earlier of two', () => {
		const shown = snapshot('2026-05-09');
		const others = ['2026-05-05', '2026-05-13', '2026-05-20'].map((day) => snapshot(day, [], 'engaged'));
		const against = { audience: 'engaged', day: null } as const;
		expect(shownSnapshots([shown, ...others], view({ against }))?.against?.day).toBe('2026-05-05');
		expect(nearestSnapshot(others, 'engaged', '2026-05-10')?.day).toBe('2026-05-13');
		expect(nearestSnapshot(others, 'total', '2026-05-10')).toBeNull();
	});

	it('stay near to their day when another audience is chosen', () => {
		expect(withAudience(all, view({}), may, 'engaged')).toMatchObject({
			audience: 'engaged',
			day: '2026-05-20'
		});
	});

	it('are compared, within one audience, with the one before, or after the first', () => {
		expect(choiceAgainst(all, june, 'total')).toEqual({ audience: 'total', day: '2026-05-09' });
		expect(choiceAgainst(all, may, 'total')).toEqual({ audience: 'total', day: '2026-06-20' });
		expect(choiceAgainst(all, june, 'engaged')).toEqual({ audience: 'engaged', day: null });
		expect(choiceAgainst(all, engaged, 'engaged')).toBeNull();
	});

	it('are of the newest import of an audience and day, and of the one before where that is undone', () => {
		fc.assert(
			fc.property(fc.array(drawnSnapshot, { minLength: 1, maxLength: 8 }), fc.nat(), (imports, at) => {
				const undone = at % imports.length;
				const left = imports.filter((_, i) => i !== undone);
				for (const kept of [imports, left]) {
					for (const { audience, day } of kept) {
						const shown = shownSnapshots(newestSnapshots(kept), view({ audience, day }))?.shown;
						const ofDay = kept.filter((each) => each.audience === audience && each.day === day);
						expect(shown).toBe(ofDay.at(-1));
					}
				}
			})
		);
	});
});

describe('the sections of an audience', () => {
	it('are those that have rows, ages by age and others as the file has them', () => {
		const rows = [
			row('country', 'Sweden', 0.4),
			row('country', 'Other', 0.6),
			row('age', '65+', 0.1),
			row('age', '25-34', 0.3),
			row('age', '18-24', 0.2),
			row('interest', 'Rugs', 0.5)
		];
		const names = sectionsOf(alone(snapshot('2026-05-20', rows))).map((each) => [
			each.section,
			...each.rows.map(({ name }) => name)
		]);
		expect(names).toEqual([
			['age', '18-24', '25-34', '65+'],
			['country', 'Sweden', 'Other']
		]);
	});

	it('say where shares come to more than the whole, and not where they are only rounded', () => {
		const devices = (...shares: number[]) =>
			sectionsOf(
				alone(
					snapshot(
						'2026-05-20',
						shares.map((share, i) => row('device', `Device ${i}`, share))
					)
				)
			)[0]?.sum;
		expect(devices(0.57, 0.3, 0.24, 0.14)).toBeCloseTo(1.25);
		expect(devices(0.334, 0.334, 0.334)).toBeNull();
		expect(devices(0.2)).toBeNull();
	});

	it('carry the difference of two snapshots as a fraction, and none where one lacks the row', () => {
		const shown = snapshot('2026-06-20', [row('gender', 'Female', 0.79), row('gender', 'Male', 0.1)]);
		const against = snapshot('2026-05-20', [row('gender', 'Female', 0.81), row('gender', 'Other', 0.2)]);
		const [gender] = sectionsOf({ shown, against });
		expect(
			gender?.rows.map(({ name, share, againstShare, change }) => [name, share, againstShare, change])
		).toEqual([
			['Female', 0.79, 0.81, -0.02],
			['Male', 0.1, null, null],
			['Other', null, 0.2, null]
		]);
		expect(gender?.largest).toBe(0.81);
	});

	it('have every row of both snapshots once, with opposite differences either way round', () => {
		fc.assert(
			fc.property(drawnSnapshot, drawnSnapshot, (shown, against) => {
				const rowsIn = (pair: Parameters<typeof sectionsOf>[0]) =>
					sectionsOf(pair).flatMap(({ rows }) => rows);
				const [one, other] = [rowsIn({ shown, against }), rowsIn({ shown: against, against: shown })];
				const texts = [...shown.rows, ...against.rows]
					.filter(({ section }) => section !== 'interest')
					.map(rowText);
				expect(one.map(rowText).sort()).toEqual([...new Set(texts)].sort());
				for (const each of one) {
					const twin = other.find((candidate) => rowText(candidate) === rowText(each));
					expect(twin?.share).toBe(each.againstShare);
					if (each.change === null) expect(twin?.change).toBeNull();
					else expect(each.change + (twin?.change ?? NaN)).toBe(0);
				}
			})
		);
	});
});

describe('interests', () => {
	const ofHome = { category: 'Home' };
	const shown = snapshot('2026-05-20', [
		row('interest', 'Home', 0.8, { affinity: 1.2 }),
		row('interest', 'Shelves', 0.4, { ...ofHome, affinity: 2.1 }),
		row('interest', 'Rugs', 0.3, { ...ofHome, affinity: 1.9 }),
		row('interest', 'Crafts', 0.6, { affinity: 1.4 }),
		row('interest', 'Spoons', 0.1, { category: 'Crafts' }),
		row('interest', 'Pots', 0.2, { category: 'Garden' })
	]);
	const groups = interestGroups(alone(shown));
	const outline = (some: typeof groups) =>
		some.map(({ category, interests }) => [category.name, ...interests.map(({ name }) => name)]);

	it('stand under their categories, whose own share is the one that is stated', () => {
		expect(outline(groups)).toEqual([
			['Home', 'Shelves', 'Rugs'],
			['Crafts', 'Spoons'],
			['Garden', 'Pots']
		]);
		expect(groups.map(({ category }) => category.share)).toEqual([0.8, 0.6, null]);
	});

	it('count a category once that is repeated with its interests', () => {
		const repeated = { ...shown, rows: [...shown.rows, shown.rows[0] as InsightsRow] };
		expect(interestGroups(alone(repeated))).toEqual(groups);
	});

	it.each([
		[
			'share',
			false,
			[
				['Home', 'Shelves', 'Rugs'],
				['Crafts', 'Spoons'],
				['Garden', 'Pots']
			]
		],
		[
			'share',
			true,
			[
				['Crafts', 'Spoons'],
				['Home', 'Rugs', 'Shelves'],
				['Garden', 'Pots']
			]
		],
		[
			'affinity',
			false,
			[
				['Crafts', 'Spoons'],
				['Home', 'Shelves', 'Rugs'],
				['Garden', 'Pots']
			]
		]
	] as const)('are ordered by %s (ascending: %s), what has none last', (by, isAscending, expected) => {
		expect(outline(sortedGroups(groups, by, isAscending))).toEqual(expected);
	});

	it('are found by words in any case, and all of a category by its name', () => {
		expect(outline(groupsWith(groups, ' rUg '))).toEqual([['Home', 'Rugs']]);
		expect(outline(groupsWith(groups, 'home'))).toEqual([['Home', 'Shelves', 'Rugs']]);
		expect(groupsWith(groups, 'nothing')).toEqual([]);
		expect(groupsWith(groups, '')).toBe(groups);
	});

	it('are all kept by grouping and ordering', () => {
		const by = fc.constantFrom('share' as const, 'affinity' as const, 'change' as const);
		fc.assert(
			fc.property(drawnSnapshot, drawnSnapshot, by, fc.boolean(), (one, against, sort, isAscending) => {
				const sorted = sortedGroups(interestGroups({ shown: one, against }), sort, isAscending);
				const rows = sorted.flatMap(({ category, interests }) => [category, ...interests]);
				const stated = rows.filter(({ share, againstShare }) => share !== null || againstShare !== null);
				const expected = [...one.rows, ...against.rows].filter(({ section }) => section === 'interest');
				expect(stated.map(rowText).sort()).toEqual([...new Set(expected.map(rowText))].sort());
				expect(new Set(sorted.map(({ category }) => category.name)).size).toBe(sorted.length);
			})
		);
	});
});

describe('a row over all snapshots', () => {
	const rugs = row('interest', 'Rugs', 0.3, { category: 'Home' });
	const may = snapshot('2026-05-20', [rugs, row('interest', 'Home', 0.8)]);
	const june = snapshot('2026-06-20', [row('age', '25-34', 0.4), row('age', '18-24', 0.2)]);
	const july = snapshot('2026-07-20', [{ ...rugs, share: 0.35 }]);
	const engaged = snapshot('2026-06-20', [{ ...rugs, share: 0.5 }], 'engaged');
	const all = newestSnapshots([may, june, july, engaged]);

	it('has no share where a snapshot does not have the row', () => {
		const { lines, days } = linesOverTime(all, alone(july), rugs);
		expect(days).toEqual(['2026-05-20', '2026-06-20', '2026-07-20']);
		expect(lines).toEqual([
			{
				audience: 'total',
				points: [
					{ day: '2026-05-20', share: 0.3 },
					{ day: '2026-06-20', share: null },
					{ day: '2026-07-20', share: 0.35 }
				]
			}
		]);
	});

	it('has a line more for another audience that it is compared with, not for another day', () => {
		const audiences = (against: InsightsSnapshot) =>
			linesOverTime(all, { shown: july, against }, rugs).lines.map(({ audience }) => audience);
		expect(audiences(engaged)).toEqual(['total', 'engaged']);
		expect(audiences(may)).toEqual(['total']);
	});

	it('is the one that is chosen, else the largest interest, else the largest row', () => {
		expect(followedRow(all, june, rugs)).toBe(rugs);
		expect(followedRow(all, may, null)?.name).toBe('Home');
		expect(followedRow(all, june, { section: 'interest', category: '', name: 'Nowhere' })?.name).toBe(
			'25-34'
		);
		expect(followedRow([snapshot('2026-05-20')], snapshot('2026-05-20'), null)).toBeNull();
	});
});
