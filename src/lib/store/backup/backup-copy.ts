import { ProblemError } from '../../model/problem';
import type { StoredSetting } from '../database';
import type { PortableItem } from '../portable/items';
import type { OtherBatch, OtherCopy } from '../portable/other-copy';
import type { PortableEnd, PortableHead, PortablePiece } from '../portable/portable-batch';
import { pieceOf, portableRecords, type PortableRecord } from '../portable/portable-bytes';
import type { BackupReader } from './container';
import type { BlockPlace } from './seal';

/** What a backup holds, read as a copy of the workspace: its small parts, and where each batch stands. */
export interface BackupCopy extends OtherCopy {
	/** Of the workspace that it was taken from; no other takes them in. */
	readonly settings: readonly StoredSetting[];
}

/** Where a record stands: its block, and its place among the block's records. */
interface RecordPlace extends BlockPlace {
	readonly record: number;
}

/**
 * Reads a backup to its end without changing anything. Of batches only the heads are kept.
 * @param tell gets how many bytes were read
 * @throws ProblemError backup_newer, backup_damaged, wrong_passphrase
 */
export async function readCopy(
	signal: AbortSignal,
	reader: BackupReader,
	tell: (bytes: number) => void
): Promise<BackupCopy> {
	const items: PortableItem[] = [];
	const settings: StoredSetting[] = [];
	const batches: OtherBatch[] = [];
	const blocks: BlockPlace[] = [];
	const opened = new OpenedRecords(reader);
	let begun: { readonly head: PortableHead; readonly at: RecordPlace } | null = null;
	for await (const { bytes, block, start, end } of reader.blocks()) {
		signal.throwIfAborted();
		blocks.push({ block, start });
		for (const [record, { kind, value }] of portableRecords(bytes).entries()) {
			if (kind === 'batch') {
				if (begun) throw new ProblemError({ code: 'backup_damaged' });
				begun = { head: value as PortableHead, at: { block, start, record } };
			} else if (kind === 'end') {
				if (!begun) throw new ProblemError({ code: 'backup_damaged' });
				const { contentHash, ...state } = value as PortableEnd;
				const { head, at } = begun;
				begun = null;
				batches.push({
					head: { ...head, ...(contentHash === null ? {} : { contentHash }) },
					state,
					isProved: true, // by the seals of all blocks
					pieces: () => piecesAt(signal, opened, blocks, at)
				});
			} else if (kind === 'item') items.push(value as PortableItem);
			else if (kind === 'setting') settings.push(value as StoredSetting);
			else if (!begun) throw new ProblemError({ code: 'backup_damaged' });
		}
		tell(end);
	}
	if (begun) throw new ProblemError({ code: 'backup_damaged' });
	return { items, settings, batches };
}

/** The pieces that follow the head of a batch. */
async function* piecesAt(
	signal: AbortSignal,
	opened: OpenedRecords,
	blocks: readonly BlockPlace[],
	at: RecordPlace
): AsyncGenerator<PortablePiece> {
	for (const place of blocks.slice(at.block)) {
		signal.throwIfAborted();
		const records = await opened.of(place);
		const first = place.block === at.block ? at.record + 1 : 0;
		for (let i = first; i < records.length; i++) {
			if (records[i]!.kind === 'end') return;
			yield pieceOf(records[i]!);
		}
	}
}

/** The records of one block at a time: several small batches stand in one. */
class OpenedRecords {
	readonly #reader: BackupReader;
	#block = -1;
	#records: readonly PortableRecord[] = [];

	constructor(reader: BackupReader) {
		this.#reader = reader;
	}

	async of(place: BlockPlace): Promise<readonly PortableRecord[]> {
		if (place.block !== this.#block) {
			this.#records = portableRecords(await this.#reader.block(place));
			this.#block = place.block;
		}
		return this.#records;
	}
}
