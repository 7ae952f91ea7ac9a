import './memory-only';
import './data.worker';
import './import.worker';
import './hand-off.worker';
import { readArchive } from '../import/archive/read-archive';
import { readWorkbook } from '../import/workbook/read-workbook';
import { readWorkbooksHere } from './workbook-thread';

/** All workers of a workspace in one, over a database in its memory. */
readWorkbooksHere({ workbook: readWorkbook, archive: readArchive });
