import { Dictionary } from '../../../src/lib/columns/dictionary';
import type { PinClaims } from '../../../src/lib/columns/pin-claims';
import type { Segment } from '../../../src/lib/columns/segment';
import { MS_PER_DAY } from '../../../src/lib/model/calendar';
import { liveBatches, readSegments } from '../../../src/lib/store/batches';
import { WorkspaceDatabase, type LiveBatch } from '../../../src/lib/store/database';
import { ImportSession } from '../../../src/lib/store/import-session';
import { PartWriter } from '../../../src/lib/store/part-writer';

/** The workspace that the app opens unless set otherwise. */
const WORKSPACE = 'main';
const READ_AT_ONCE = 16;

/**
 * Writes the oldest batch once more, straight as segments: its events `days` later, by as many other people. More events
 * than a file should be made for.
 */
export async function copyBatches(days: number): Promise<void> {
	const db = new WorkspaceDatabase(WORKSPACE);
	await db.open();
	const source = (await liveBatches(db))[0];
	if (!source) throw new Error('nothing is stored');
	const session = await ImportSession.open(db);
	const batch = session.begin({ file: `copy ${days}`, fileBytes: source.fileBytes, isSample: false });
	const firstUser = session.texts.dictionary('user').size;
	const users = await largestUser(db, source);
	const people = new Dictionary();
	for (let user = 0; user < users; user++) people.internText(`${days}-${user}`);
	batch.intern('user', people.blockFrom(0));

	const writer = new PartWriter(db, () => batch.id(), 0);
	for (const segments of readInGroups(db, source)) {
		await writer.writeSegments((await segments).map((segment) => moved(segment, days, firstUser)));
	}
	const claims: PinClaims[] = (await db.claims.orderBy('[batchId+part]').toArray())
		.filter(({ batchId }) => batchId === source.id)
		.map((stored) => stored.claims);
	await batch.commit(
		{
			...source,
			fingerprint: `copy ${days}`,
			byteLength: source.fileBytes,
			firstMs: source.firstMs! + days * MS_PER_DAY,
			lastMs: source.lastMs! + days * MS_PER_DAY,
			parts: claims.map((part) => ({ firstLine: 1, claims: part }))
		},
		[writer.written()]
	);
	db.close();
}

function* readInGroups(db: WorkspaceDatabase, { id, segments }: LiveBatch): Generator<Promise<Segment[]>> {
	for (let first = 0; first < segments.length; first += READ_AT_ONCE) {
		const keys = segments.slice(first, first + READ_AT_ONCE).map(({ seq }) => [id, seq] as const);
		yield readAll(db, keys);
	}
}

async function readAll(
	db: WorkspaceDatabase,
	keys: readonly (readonly [number, number])[]
): Promise<Segment[]> {
	const segments = await readSegments(db, keys);
	return segments.map((segment) => {
		if (!segment) throw new Error('a segment cannot be read');
		return segment;
	});
}

/** One more than the largest number of a person: how many there can be. */
async function largestUser(db: WorkspaceDatabase, batch: LiveBatch): Promise<number> {
	let largest = 0;
	for (const group of readInGroups(db, batch)) {
		for (const { users } of await group) for (const user of users) largest = Math.max(largest, user);
	}
	return largest;
}

function moved(segment: Segment, days: number, firstUser: number): Segment {
	return {
		...segment,
		firstMs: segment.firstMs + days * MS_PER_DAY,
		lastMs: segment.lastMs + days * MS_PER_DAY,
		users: Uint32Array.from(segment.users, (user) => (user === 0 ? 0 : user + firstUser))
	};
}
