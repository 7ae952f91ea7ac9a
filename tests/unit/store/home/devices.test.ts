import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { SameDaysChoice } from '../../../../src/lib/model/same-days';
import { STILL_MS, type WaitingFile } from '../../../../src/lib/model/folder-files';
import { liveBatches } from '../../../../src/lib/store/batches';
import { WorkspaceDatabase, type LiveBatch } from '../../../../src/lib/store/database';
import { HomeKeys } from '../../../../src/lib/store/home/home-keys';
import { syncHome } from '../../../../src/lib/store/home/sync-home';
import { ImportSession } from '../../../../src/lib/store/import-session';
import { changeOwnWords } from '../../../../src/lib/store/own-words';
import type { TakenIn } from '../../../../src/lib/store/portable/take-in';
import { chooseSameDays } from '../../../../src/lib/store/same-days';
import { undoBatch } from '../../../../src/lib/store/undo-batch';
import { byLength } from '../../../support/test-length';
import { MemoryDirectory } from '../../../support/memory-directory';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { answerFromStore, stage } from '../../../support/stored-workspace';

/**
 * Two or three devices that share a home folder: each imports, undoes, writes notes and makes choices by itself, and looks at
 * the folder now and then, often with an end in the middle. The drive makes copies of its files, whole and cut. A plain list of all that was done says what must be there at
 * rest, on every device.
 */

const FILES = 4;
const NOTES = 2;
const pause = () => {};
const { signal } = new AbortController();

type Step =
	| { readonly do: 'import'; readonly device: number; readonly file: number }
	| { readonly do: 'undo'; readonly device: number; readonly file: number }
	| {
			readonly do: 'choose';
			readonly device: number;
			readonly file: number;
			readonly choice: SameDaysChoice;
	  }
	| { readonly do: 'note'; readonly device: number; readonly id: number; readonly text: string }
	| { readonly do: 'delete'; readonly device: number; readonly id: number }
	| {
			readonly do: 'sync';
			readonly device: number;
			readonly endsAfter: number | null;
			readonly isNew: boolean;
	  }
	| { readonly do: 'copy'; readonly device: number; readonly file: number; readonly cut: number };

/** A file of three events on shared and own days; its third event is that of the next file too. */
function contentsOf(file: number): Uint8Array {
	const rows = [
		`2024-05-0${file + 1},save,p${file},u${file}`,
		'2024-05-07,save,shared,u',
		`2024-05-08,link_click,p${file % 2},u${file % 3}`
	];
	return utf8(`timestamp,event,pin_id,user_id\n${rows.join('\n')}\n`);
}

/** All that was ever done, by whom it does not matter. */
class PlainList {
	readonly readings: LiveBatch[] = [];
	readonly marks: { readonly fingerprint: string; readonly generation: number }[] = [];
	readonly choices: { readonly of: string; readonly at: number; readonly choice: SameDaysChoice }[] = [];
	readonly notes: { readonly id: string; readonly at: number; readonly text: string | null }[] = [];

	/** The imports that count, in their order. */
	imports() {
		const byFile = new Map<string, LiveBatch>();
		for (const reading of this.readings) {
			const { fingerprint, generation } = reading;
			if (this.marks.some((mark) => mark.fingerprint === fingerprint && mark.generation >= generation))
				continue;
			const known = byFile.get(fingerprint);
			const isLater =
				!known ||
				generation > known.generation ||
				(generation === known.generation && reading.importedAt > known.importedAt);
			if (isLater) byFile.set(fingerprint, reading);
		}
		return [...byFile.values()]
			.sort((a, b) => a.stamp - b.stamp || (a.fingerprint < b.fingerprint ? -1 : 1))
			.map(({ file, generation, fingerprint }) => {
				const made = this.choices.filter(({ of }) => of === `${fingerprint} ${generation}`);
				const choice = made.sort((a, b) => a.at - b.at).at(-1)?.choice ?? 'add_all';
				return { file, generation, choice };
			});
	}

	/** The notes that count. */
	texts() {
		const newest = new Map<string, { readonly at: number; readonly text: string | null }>();
		for (const note of this.notes) if (note.at > (newest.get(note.id)?.at ?? -1)) newest.set(note.id, note);
		return [...newest].flatMap(([id, { text }]) => (text === null ? [] : [`${id} ${text}`])).sort();
	}
}

/** A clock that never shows the same time twice, so that the list need not know what is done with ties. */
let clock = Date.UTC(2026, 0, 1);
const realNow = Date.now;

async function importFile(db: WorkspaceDatabase, file: number, list: PlainList): Promise<void> {
	const name = `${file}.csv`;
	const session = await ImportSession.open(db);
	if (session.batches.some((batch) => batch.file === name)) return;
	const { commit } = await stage(db, session, contentsOf(file), name, 1 << 18);
	list.readings.push(await commit());
}

async function take(
	db: WorkspaceDatabase,
	folder: MemoryDirectory,
	step: Step,
	list: PlainList
): Promise<void> {
	if (step.do === 'sync') {
		folder.stepsLeft = step.endsAfter;
		if (step.isNew) waiting.delete(db.name);
		const ended = await sync(db, folder).then(
			() => false,
			(error: unknown) => {
				if (folder.stepsLeft === 0) return true;
				throw error;
			}
		);
		folder.stepsLeft = null;
		if (ended) expect(step.endsAfter).not.toBeNull();
		return;
	}
	if (step.do === 'copy') {
		const [name, { bytes }] = [...folder.files][step.file % Math.max(1, folder.files.size)] ?? ['', {}];
		if (bytes)
			folder.put(`${name.slice(0, 40)} (${step.cut}).tackboard`, bytes.slice(0, bytes.length - step.cut));
		return;
	}
	if (step.do === 'import') return importFile(db, step.file, list);
	if (step.do === 'note' || step.do === 'delete') {
		const id = `note ${step.id}`;
		const text = step.do === 'note' ? step.text : null;
		const before = await db.notes.get(id);
		if (text === null) {
			await changeOwnWords(db, Date.now(), { kind: 'delete', of: 'notes', id });
		} else {
			const days = { from: '2024-05-01', to: '2024-05-01' };
			await changeOwnWords(db, Date.now(), { kind: 'notes', id, text: { ...days, text } });
		}
		const after = await db.notes.get(id);
		if (after && after.changedAt !== before?.changedAt) list.notes.push({ id, at: after.changedAt, text });
		return;
	}
	const batch = (await liveBatches(db)).find(({ file }) => file === `${step.file}.csv`);
	if (!batch) return;
	const { fingerprint, generation } = batch;
	if (step.do === 'undo') {
		await undoBatch(db, pause, batch.id);
		list.marks.push({ fingerprint, generation });
		return;
	}
	await chooseSameDays(db, pause, batch.id, step.choice);
	if ((batch.sameDays ?? 'add_all') === step.choice) return;
	const made = await db.choices.get(`same-days:${generation}:${fingerprint}`);
	list.choices.push({ of: `${fingerprint} ${generation}`, at: made!.changedAt, choice: step.choice });
}

/** What each device remembers of files that were not whole, until it is loaded anew. */
const waiting = new Map<string, Map<string, WaitingFile>>();
let looks = 0;

async function sync(db: WorkspaceDatabase, folder: MemoryDirectory) {
	const home = { directory: folder, keys: await HomeKeys.from('', null) };
	const nowMs = ++looks * STILL_MS;
	const own = waiting.get(db.name) ?? new Map<string, WaitingFile>();
	waiting.set(db.name, own);
	const locked = (work: () => Promise<TakenIn>) => work();
	return syncHome(signal, db, home, {
		pause,
		locked,
		now: () => nowMs,
		isThorough: false,
		turn: looks,
		waiting: own
	});
}

async function importsOf(db: WorkspaceDatabase) {
	return (await liveBatches(db)).map(({ file, generation, sameDays = 'add_all' }) => ({
		...{ file, generation, choice: sameDays }
	}));
}

async function textsOf(db: WorkspaceDatabase) {
	const notes = await db.notes.toArray();
	return notes.flatMap((note) => ('isDeleted' in note ? [] : [`${note.id} ${note.text}`])).sort();
}

/** Figures of a workspace, and which of its rows are hidden. */
async function figuresOf(db: WorkspaceDatabase) {
	const filter = openFilter({ from: '2024-05-01', to: '2024-05-31' });
	return {
		answer: await answerFromStore(db, openQuery({ filter, grain: 'day' })),
		hidden: (await liveBatches(db)).map(({ hidden }) => hidden && [hidden.leftOut, hidden.replaced])
	};
}

/** The figures of a workspace that was never joined: the same files, imported in the same order, with the same choices. */
async function figuresAnew(imports: ReturnType<PlainList['imports']>) {
	const plain = new WorkspaceDatabase('plain');
	await plain.open();
	for (const { file } of imports) await importFile(plain, Number(file[0]), new PlainList());
	for (const { file, choice } of imports) {
		const batch = (await liveBatches(plain)).find((each) => each.file === file)!;
		await chooseSameDays(plain, pause, batch.id, choice);
	}
	const figures = await figuresOf(plain);
	plain.close();
	await Dexie.delete(plain.name);
	return figures;
}

const device = fc.nat(2);
const file = fc.nat(FILES - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('import' as const), device, file }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), device, file }) },
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('choose' as const),
			device,
			file,
			choice: fc.constantFrom('add_all' as const, 'leave_out' as const, 'replace' as const)
		})
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('note' as const),
			device,
			id: fc.nat(NOTES - 1),
			text: fc.constantFrom('a', 'b', 'c')
		})
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), device, id: fc.nat(NOTES - 1) }) },
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('sync' as const),
			device,
			endsAfter: fc.option(fc.nat(12), { nil: null }),
			isNew: fc.boolean()
		})
	},
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constant('copy' as const), device, file: fc.nat(9), cut: fc.nat(3) })
	}
);

let run = 0;

afterEach(() => {
	Date.now = realNow;
});

it(
	'devices that share a home folder end equal, whatever each did and whenever it was ended',
	async () => {
		Date.now = () => (clock += 1);
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 2, max: 3 }),
				fc.array(step, { minLength: 4, maxLength: 14 }),
				async (count, steps) => {
					run++;
					const folder = new MemoryDirectory();
					const list = new PlainList();
					const devices = Array.from(
						{ length: count },
						(_, i) => new WorkspaceDatabase(`device ${run} ${i}`)
					);
					for (const db of devices) await db.open();
					for (const each of steps) await take(devices[each.device % count]!, folder, each, list);
					// Each once to say what it has, and once more to hear of the others.
					for (const db of [...devices, ...devices]) await sync(db, folder);
					for (const db of devices) {
						expect(await importsOf(db)).toEqual(list.imports());
						expect(await textsOf(db)).toEqual(list.texts());
						const report = await sync(db, folder);
						expect(report).toMatchObject({ written: 0, isEqual: true });
						// Cut copies of files that are no longer there are all of which nothing is known.
						expect(report.leftOut.filter(({ file: name }) => !/\(\d\)/.test(name))).toEqual([]);
					}
					if (run % 8 === 0) {
						const figures = await figuresAnew(list.imports());
						for (const db of devices) expect(await figuresOf(db)).toEqual(figures);
					}
					for (const db of devices) db.close();
					for (const db of devices) await Dexie.delete(db.name);
					waiting.clear();
				}
			),
			{ seed: 20261129, numRuns: byLength(200, 10_000) }
		);
	},
	byLength(300_000, 14_400_000)
);
