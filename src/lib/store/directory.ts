import { Catalogue } from '../columns/catalogue';
import type { ListedPin } from '../model/directory';
import { compareText } from '../model/text-order';
import { liveBatches, readTexts } from './batches';
import { claimsInOrder } from './claims';
import type { WorkspaceDatabase } from './database';

/** What all directories together say of each Pin that they list, in the order of the ids. Damaged ones are left out. */
export async function readDirectory(db: WorkspaceDatabase): Promise<ListedPin[]> {
	const [batches, pins, claims] = await db.transaction('r', db.batches, db.texts, db.claims, () =>
		Promise.all([
			liveBatches(db),
			readTexts(db, 'pin'),
			db.claims
				.orderBy('[batchId+part]')
				.filter(({ of }) => of === 'directory')
				.toArray()
		])
	);
	if (claims.length === 0) return [];
	const blocks = pins.map(({ block }) => block);
	const said = new Catalogue(blocks, [], 0, await claimsInOrder(claims, batches));
	return Array.from({ length: said.pinCount }, (_, number) => number)
		.filter((number) => said.isKnown(number))
		.map((number) => ({ pinId: said.pinId(number), ...said.pin(number) }))
		.sort((a, b) => compareText(a.pinId, b.pinId));
}
