import type { PackedFile } from '../../import/containers/unpack';
import { readEvents } from '../../import/event-file';
import type { PartProgress } from '../../import/part';
import type { OpenedFile } from '../../import/text-file';
import { dayNumberAt } from '../../model/calendar';
import type { FileReport } from '../../model/import-report';
import type { LiveBatch } from '../../store/database';
import { alreadyThere, emptyReport, type ImportRun } from './import-run';
import { paceOf } from '../threads/pacing';
import type { Twins } from './twins';

/**
 * Imports a file of events, all or nothing.
 * @throws ProblemError, AbortError; nothing is stored then
 */
export async function importEvents(
	{ signal, session, threads, progress, answered }: ImportRun,
	file: PackedFile,
	opened: OpenedFile,
	twins: Twins,
	isSample: boolean
): Promise<FileReport> {
	const { name } = file;
	const earlier = session.batches;
	const writer = session.begin({ file: name, fileBytes: file.packedBytes, isSample });
	try {
		const own = { columns: session.ownColumns, wanted: answered?.answers.own ?? [] };
		const reader = threads.readerOf(opened.source, writer, own);
		const onSlice = (told: PartProgress) => progress.tell(name, told, file.bytesRead());
		const result = await readEvents(signal, opened, reader, onSlice);
		signal.throwIfAborted();
		// What was packed is known only now.
		const twin = await twins.of(result.fingerprint);
		if (twin) {
			await writer.discard();
			return alreadyThere(name, twin);
		}
		const { accepted, firstMs, lastMs } = result;
		const newPins = writer.newPins;
		const { makesWay } = twins;
		const instead = makesWay && { batch: makesWay, pause: paceOf(signal) };
		const batch = await writer.commit(result, reader.written, instead);
		return {
			...emptyReport(name),
			outcome: 'imported',
			kind: 'events',
			batchId: batch.id,
			format: result.format,
			encoding: result.encoding,
			accepted,
			rejected: result.rejected,
			rejections: result.rejections,
			unknownColumns: result.unknownColumns,
			own: result.own,
			offered: result.offered,
			firstMs: accepted > 0 ? firstMs : null,
			lastMs: accepted > 0 ? lastMs : null,
			newPins,
			overlaps:
				accepted > 0 &&
				earlier.some((other) => other.id !== makesWay?.id && overlaps(other, firstMs, lastMs)),
			mends: twins.isDamaged,
			parser: result.parser
		};
	} catch (error) {
		await writer.discard();
		throw error;
	}
}

function overlaps(batch: LiveBatch, firstMs: number, lastMs: number): boolean {
	return (
		batch.firstMs !== null &&
		batch.lastMs !== null &&
		dayNumberAt(batch.firstMs, 'UTC') <= dayNumberAt(lastMs, 'UTC') &&
		dayNumberAt(batch.lastMs, 'UTC') >= dayNumberAt(firstMs, 'UTC')
	);
}
