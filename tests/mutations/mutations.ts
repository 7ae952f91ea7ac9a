/** Faults to put into the engine, the importer and the store, each of which a test must notice. */

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
		file: 'src/lib/engine/scan.ts',
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
		from: ' || compareText(name(a), name(b))',
		to: '',
		tests: ENGINE
	},
	{
		fault: 'a day with events shows what was reported of it',
		file: 'src/lib/engine/reported/merge.ts',
		from: 'if (events.holds(day)) {',
		to: 'if (events.holds(day + 1)) {',
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
		from: 'this.isEmpty && !this.#anyEvent(filter) ?',
		to: 'this.isEmpty ?',
		tests: 'tests/unit/engine/reported/reported-lists.test.ts'
	},
	{
		fault: 'rows further apart than some days are not sorted by time',
		file: 'src/lib/columns/run-builder.ts',
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
		file: 'src/lib/store/import-session.ts',
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
	}
];
