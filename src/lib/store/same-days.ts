import { dayFromNumber } from '../model/calendar';
import type { OverlapDay, OverlapReport, SameDaysChoice } from '../model/same-days';
import { putChoice, sameDaysKey } from './choices';
import type { BatchId, StoredChoice, WorkspaceDatabase } from './database';
import { markDays, type Pause } from './day-marks';
import { settle, spanOf, wholeBatches, writeSettled } from './hidden-rows';

/** Batches of events on days that earlier ones hold too: what they have in common, and what users choose for them. */

/**
 * What a batch has in common with the earlier ones, whatever was chosen for it.
 * @returns null where there is no such batch of events, or none of its days is held by an earlier one
 */
export async function overlapOf(
	db: WorkspaceDatabase,
	pause: Pause,
	batchId: BatchId
): Promise<OverlapReport | null> {
	const all = await wholeBatches(db);
	const batches = all.slice(0, all.findIndex(({ id }) => id === batchId) + 1);
	const batch = batches.at(-1);
	const span = batch && spanOf(batch);
	if (batch?.id !== batchId || !span) return null;
	const days: OverlapDay[] = [];
	const asked = [...batches.slice(0, -1), { ...batch, choice: 'leave_out' as const }];
	await markDays(db, pause, asked, span, (number, tallies) => {
		const own = tallies.get(batchId);
		if (!own) return;
		let earlier = own.hidden - own.rows;
		for (const { rows, hidden } of tallies.values()) earlier += rows - hidden;
		if (earlier > 0) days.push({ day: dayFromNumber(number), rows: own.rows, equal: own.hidden, earlier });
	});
	if (days.length === 0) return null;
	return {
		days,
		rows: batch.heads.reduce((sum, { rows }) => sum + rows, 0),
		equal: days.reduce((sum, { equal }) => sum + equal, 0),
		earlier: days.reduce((sum, { earlier }) => sum + earlier, 0)
	};
}

/**
 * Makes a choice for a batch of events. All or nothing. Call only while nobody else writes.
 * @param decided the same choice as it was made in another copy of the workspace; one that is made now where it is not given
 */
export async function chooseSameDays(
	db: WorkspaceDatabase,
	pause: Pause,
	batchId: BatchId,
	choice: SameDaysChoice,
	decided?: StoredChoice
): Promise<void> {
	const batches = await wholeBatches(db);
	const batch = batches.find(({ id }) => id === batchId);
	if (!batch || batch.choice === choice) {
		if (decided) await db.choices.put(decided);
		return;
	}
	const changed = batches.map((other) => (other === batch ? { ...other, choice } : other));
	const settled = await settle(db, pause, changed, spanOf(batch));
	await db.transaction('rw', [db.batches, db.daySums, db.hiddenRows, db.choices], async () => {
		await (decided ? db.choices.put(decided) : putChoice(db, sameDaysKey(batch.batch), choice));
		await db.batches.update(batchId, { sameDays: choice });
		await writeSettled(db, settled);
	});
}
