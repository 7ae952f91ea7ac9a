import { readArchive } from '../../import/archive/read-archive';
import { blobSource } from '../../import/byte-source';
import { readWorkbook } from '../../import/workbook/read-workbook';
import { answerCalls, type Port } from '../threads/call';
import type { WorkbookCalls } from '../thread-protocol';

/**
 * The worker that reads workbooks and pages of archives, for the import worker: their libraries are of no use to others.
 * Nobody starts it before the first such file.
 */

answerCalls<WorkbookCalls>(self as unknown as Port, {
	readWorkbook: (signal, { bytes }) => readWorkbook(signal, bytes),

	readArchive: (signal, { blob }) => readArchive(signal, blobSource(blob))
});
