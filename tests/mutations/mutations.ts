/** Faults to put into the program's core, each of which a test must notice. */

export interface Mutation {
	/** What goes wrong, as a user would meet it. */
	readonly fault: string;
	/** The file, from the root. */
	readonly file: string;
	/** Stands there exactly once. */
	readonly from: string;
	readonly to: string;
	/** The folder or file of tests that must notice. */
	readonly tests: string;
}

const ENGINE = 'tests/unit/engine';
const COLUMNS = 'tests/unit/columns';
const IMPORT = 'tests/unit/import';
const STORE = 'tests/unit/store';
const ORACLE = 'tests/oracle';

export const MUTATIONS: readonly Mutation[] = [
	{
		fault: 'who engaged on an earlier day is no longer an engaged person of the whole range',
		file: 'src/lib/engine/scan.ts',
		from: 'bucketMark | (mark & EVER_ENGAGED) | added',
		to: 'bucketMark | added',
		tests: ENGINE
	},
	{
		fault: 'who engages on two devices on a day is counted twice where figures are split by device',
		file: 'src/lib/engine/people.ts',
		from: '(added & ENGAGED_BITS) !== 0 && (mark & ENGAGED_BITS) === 0',
		to: '(added & ENGAGED_BITS) !== 0',
		tests: ENGINE
	},
	{
		fault: 'the last midnight of the range counts, though it is the next day’s',
		file: 'src/lib/engine/walk-buckets.ts',
		from: 'const end = toMs > segment.lastMs ? segment.rows',
		to: 'const end = toMs >= segment.lastMs ? segment.rows',
		tests: ENGINE
	},
	{
		fault: 'the first day of the range is left out of the sums',
		file: 'src/lib/engine/series.ts',
		from: 'if (day < bucketDays[0]! ||',
		to: 'if (day <= bucketDays[0]! ||',
		tests: ENGINE
	},
	{
		fault: 'Pins of equal figures are listed in no certain order',
		file: 'src/lib/engine/top.ts',
		from: 'left === right ? compareText(name(a), name(b)) : right - left',
		to: 'right - left',
		tests: ENGINE
	},
	{
		fault: 'a day with events shows what was reported of it',
		file: 'src/lib/engine/reported/part-range.ts',
		from: 'return events.holds(day) ||',
		to: 'return events.holds(day + 1) ||',
		tests: `${ENGINE}/reported`
	},
	{
		fault: 'a week is compared although the other range lacks one of its days',
		file: 'src/lib/engine/reported/compare.ts',
		from: 'if (inside === 0 || inside === to - from + 1) continue;',
		to: 'continue;',
		tests: 'tests/unit/engine/reported/compare.test.ts'
	},
	{
		fault: 'a list of the nearest period stands in for days that hold events',
		file: 'src/lib/engine/reported/reported-columns.ts',
		from: 'if (this.isEmpty && !this.#anyEvent(filter))',
		to: 'if (this.isEmpty)',
		tests: 'tests/unit/engine/reported/reported-lists.test.ts'
	},
	{
		fault: 'rows further apart than some days are not sorted by time',
		file: 'src/lib/columns/time-order.ts',
		from: 'pass < 3; pass++',
		to: 'pass < 2; pass++',
		tests: COLUMNS
	},
	{
		fault: 'a count of two counts as one',
		file: 'src/lib/columns/run-builder.ts',
		from: 'return max === 1 ? null',
		to: 'return max <= 2 ? null',
		tests: COLUMNS
	},
	{
		fault: 'an offset of a time is added where it is to be taken off',
		file: 'src/lib/import/cells/timestamp.ts',
		from: 'return (sign === DASH ? -1 : 1)',
		to: 'return (sign === DASH ? 1 : -1)',
		tests: IMPORT
	},
	{
		fault: 'a doubled quote stays doubled',
		file: 'src/lib/import/row-tokenizer.ts',
		from: 'if (byte === QUOTE) from++;',
		to: '',
		tests: IMPORT
	},
	{
		fault: 'a line end that two slices share is two line ends',
		file: 'src/lib/import/row-tokenizer.ts',
		from: 'if (at === to && !isLast) return row;',
		to: '',
		tests: IMPORT
	},
	{
		fault: 'a count of 0 is accepted',
		file: 'src/lib/import/cells/measures.ts',
		from: 'return count < 1 ||',
		to: 'return count < 0 ||',
		tests: IMPORT
	},
	{
		fault: 'a row with more fields than the header is accepted',
		file: 'src/lib/import/event-rows.ts',
		from: "if (ends[f] !== starts[f]) return this.#reject(null, 'too_many_fields');",
		to: '',
		tests: IMPORT
	},
	{
		fault: 'texts are stored again with each batch, under new numbers',
		file: 'src/lib/store/text-numbering.ts',
		from: 'vocabulary.stored = vocabulary.dictionary.size;',
		to: 'vocabulary.stored += 0;',
		tests: STORE
	},
	{
		fault: 'an undo takes texts along that the newest batch left needs',
		file: 'src/lib/store/batches.ts',
		from: '.above(newest ?? Dexie.minKey)',
		to: '.aboveOrEqual(newest ?? Dexie.minKey)',
		tests: STORE
	},
	{
		fault: 'what an import left that never ended stays on the disk',
		file: 'src/lib/store/batches.ts',
		from: "if (state === 'staging') await deleteBatch(db, id!);",
		to: "if (state === 'staging') continue;",
		tests: STORE
	},
	{
		fault: 'a changed byte at the end of a column is not noticed',
		file: 'src/lib/store/checksum.ts',
		from: 'new Uint8Array(buffer, byteOffset, byteLength)',
		to: 'new Uint8Array(buffer, byteOffset, byteLength - 1)',
		tests: STORE
	},
	{
		fault: 'who was met before the range, on the first day of an earlier share, is counted as new in it',
		file: 'src/lib/engine/range-index.ts',
		from: 'if (earlier !== 0) (met[first - 1]',
		to: 'if (earlier > 1) (met[first - 1]',
		tests: `${ENGINE}/range-index.test.ts`
	},
	{
		fault: 'who was last met on the day before the range is left out of it',
		file: 'src/lib/engine/range-index.ts',
		from: '(before[middle] as number) <= first) low',
		to: '(before[middle] as number) < first) low',
		tests: `${ENGINE}/range-index.test.ts`
	},
	{
		fault: 'where there are too many people for one count, a value of a split has the people of another',
		file: 'src/lib/engine/meetings.ts',
		from: 'const own = (slot - firstSlot) * AUDIENCES.length;',
		to: 'const own = slot * AUDIENCES.length;',
		tests: `${ENGINE}/range-index.test.ts`
	},
	{
		fault: 'what occurred on an earlier day is added up there for all days after it',
		file: 'src/lib/columns/period-sums.ts',
		from: 'if ((this.#places[combination] as number) <= this.#start) {',
		to: 'if ((this.#places[combination] as number) === 0) {',
		tests: `${COLUMNS}/period-sums.test.ts`
	},
	{
		fault: 'whoever is met in the range is new',
		file: 'src/lib/engine/met-people/people-index.ts',
		from: 'let isNew = entry === first;',
		to: 'let isNew = true;',
		tests: `${ORACLE}/people.test.ts`
	},
	{
		fault: 'who comes back on two days of a week is counted twice in its cohort',
		file: 'src/lib/engine/met-people/people-index.ts',
		from: 'if (step === last) continue;',
		to: '',
		tests: `${ORACLE}/people.test.ts`
	},
	{
		fault: 'engaged people of a row are all of its people',
		file: 'src/lib/engine/row-people.ts',
		from: "(audience === 'total_audience' || isEngagement(kindOf(code)))",
		to: 'true',
		tests: `${ORACLE}/row-people.test.ts`
	},
	{
		fault: 'a Pin reaches half of its figures a day late',
		file: 'src/lib/engine/pin-lives.ts',
		from: '2 * until >= (totals[pin] as number)',
		to: '2 * until > (totals[pin] as number)',
		tests: `${ORACLE}/life.test.ts`
	},
	{
		fault: 'a Pin that had nothing for weeks still grows',
		file: 'src/lib/engine/pin-lives.ts',
		from: '\t\tforget(own, newest);\n',
		to: '',
		tests: `${ORACLE}/life.test.ts`
	},
	{
		fault: 'the part of a change that comes from the mix ignores how the value compares with the whole',
		file: 'src/lib/engine/changes/contributions.ts',
		from: '(shareNow - shareThen) * (rateThen - totalThen)',
		to: '(shareNow - shareThen) * rateThen',
		tests: `${ENGINE}/changes`
	},
	{
		fault: 'a day is called unusual after three weeks',
		file: 'src/lib/engine/changes/unusual-days.ts',
		from: 'const LEAST_WEEKS = 4;',
		to: 'const LEAST_WEEKS = 3;',
		tests: `${ENGINE}/changes`
	},
	{
		fault: 'a split by label shows more labels than were asked for',
		file: 'src/lib/engine/label-split.ts',
		from: 'others.slice(0, room)',
		to: 'others',
		tests: `${ORACLE}/labels.test.ts`
	},
	{
		fault: 'a value of a column of one’s own is missing where only a later share of the rows has it',
		file: 'src/lib/engine/own-values.ts',
		from: 'sum.passing[v]! |= passing[v] as number;',
		to: '',
		tests: `${ENGINE}/scanner.test.ts`
	},
	{
		fault: 'a figure that falls from one report to the next counts below zero',
		file: 'src/lib/engine/reported/level-differences.ts',
		from: 'if (value < 0) continue;',
		to: '',
		tests: `${ENGINE}/reported`
	},
	{
		fault: 'a campaign that has ended is called new',
		file: 'src/lib/engine/reported/ads.ts',
		from: "isNow ? 'new' : 'gone'",
		to: "isNow ? 'gone' : 'new'",
		tests: 'tests/unit/worker/data/ads.test.ts'
	},
	{
		fault: 'a mark of an undone import does not reach the import that it was made for',
		file: 'src/lib/store/undo-marks.ts',
		from: 'batch.generation <= mark.generation',
		to: 'batch.generation < mark.generation',
		tests: STORE
	},
	{
		fault: 'of a label that was deleted and made again, Pins that a file gave it before come back',
		file: 'src/lib/store/portable/items.ts',
		from: 'changedAt > deletedAt)',
		to: 'changedAt >= 0 || deletedAt >= 0)',
		tests: STORE
	},
	{
		fault: 'of two changes of a note the one that arrives last counts, not the newer one',
		file: 'src/lib/store/portable/items.ts',
		from: 'return compareVersions(a.item, b.item) >= 0 ? a : b;',
		to: 'return b;',
		tests: STORE
	},
	{
		fault: 'people keep the numbers of another copy of the workspace',
		file: 'src/lib/store/portable/renumbering.ts',
		from: "users: renumbered(segment.users, numbersIn('user'), 1) as PackedSegment['users'],",
		to: 'users: segment.users,',
		tests: STORE
	},
	{
		fault: 'sample data remind of making a copy',
		file: 'src/lib/view/copy-reminder.ts',
		from: '({ isSample }) => !isSample',
		to: '() => true',
		tests: 'tests/unit/view/copy-reminder.test.ts'
	},
	{
		fault: 'a visitor who reads Swedish and German gets the one that comes first in the list of languages',
		file: 'src/lib/i18n/choose-language.ts',
		from: 'for (const tag of wanted) {',
		to: 'for (const tag of [...wanted].sort()) {',
		tests: 'tests/unit/i18n/locale.test.ts'
	}
];
