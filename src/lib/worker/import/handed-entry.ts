import { unpack } from '../../import/containers/unpack';
import { wholeBytes } from '../../import/whole-text';
import { ProblemError } from '../../model/problem';
import type { MappedSource } from './mapped-table';
import { WorkbookThread } from './workbook-thread';

/**
 * The file, entry of an archive or sheet of a workbook that an import report names.
 * @throws ProblemError unreadable_file where it is not there any more
 */
export async function handedEntry(signal: AbortSignal, file: File, entry: string): Promise<MappedSource> {
	const unpacking = { signal, freeBytes: () => Promise.resolve(Infinity) };
	const handed = { name: file.name, blob: file, modifiedMs: file.lastModified };
	for await (const packed of unpack(unpacking, handed)) {
		if (packed.problem) continue;
		if (packed.container === 'workbook') {
			const workbooks = new WorkbookThread();
			try {
				const sheets = await workbooks.sheets(signal, await wholeBytes(signal, packed.source));
				const sheet = sheets.find(({ name }) => entry === `${packed.name} › ${name}`);
				if (sheet) return { sheet };
			} finally {
				workbooks.close();
			}
		} else if (packed.name === entry) return { source: packed.source };
	}
	throw new ProblemError({ code: 'unreadable_file' });
}
