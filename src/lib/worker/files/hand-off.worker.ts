import { LabelIndex } from '../../columns/label-index';
import { planQuery, type SegmentRef } from '../../engine/plan';
import { problemOf } from '../../model/problem';
import { liveBatches, readCatalogue, readOwnValues, readUserIds } from '../../store/batches';
import { readLabels } from '../../store/own-words';
import { WorkspaceDatabase } from '../../store/database';
import { answerCalls, type Port } from '../threads/call';
import { writeEvents } from './hand-off';
import { blobTarget, pickedTarget } from './hand-off-target';
import { paceOf } from '../threads/pacing';
import type { HandOffCalls } from '../protocol';
import { SegmentCache } from '../data/segment-cache';

/** The worker that writes events for other engines. Started only for that. */

const PARQUET = 'application/vnd.apache.parquet';

/** Neighbouring stretches share a few segments; none is read again after that. */
const CACHE_BYTES = 64 << 20;

answerCalls<HandOffCalls>(self as unknown as Port, {
	handOff: async (signal, { workspace, query, file }, tell) => {
		const db = new WorkspaceDatabase(workspace);
		const pace = paceOf(signal);
		const damaged = new Set<string>();
		try {
			await db.open();
			for (;;) {
				const target = file ? await pickedTarget(file) : blobTarget(PARQUET);
				try {
					const batches = await liveBatches(db);
					const plan = planQuery(query.filter, 'day', batches);
					const own = await readOwnValues(db, batches);
					const isReadable = ({ batchId, seq }: SegmentRef) => !damaged.has(`${batchId}:${seq}`);
					const cache = new SegmentCache(db, CACHE_BYTES);
					const catalogue = readCatalogue(db);
					await writeEvents(
						pace,
						tell,
						query,
						{ ...plan, segments: plan.segments.filter(isReadable) },
						{
							catalogue: () => catalogue,
							labels: async () => new LabelIndex(await readLabels(db), await catalogue),
							own,
							readUserIds: () => readUserIds(db),
							read: (refs) => cache.read(pace, refs)
						},
						target.write
					);
					signal.throwIfAborted();
					return await target.finish();
				} catch (error) {
					await target.discard();
					// Segments that cannot be read are left out of everything, here too: it begins anew without them.
					const problem = problemOf(error);
					const found = problem.code === 'damaged_data' ? (problem.segments ?? []) : [];
					const fresh = found.map(([batchId, seq]) => `${batchId}:${seq}`).filter((key) => !damaged.has(key));
					if (signal.aborted || fresh.length === 0) throw error;
					for (const key of fresh) damaged.add(key);
				}
			}
		} finally {
			db.close();
		}
	}
});
