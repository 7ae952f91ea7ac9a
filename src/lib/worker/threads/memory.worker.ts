import './memory-only';
import '../data/data.worker';
import '../import/import.worker';
import '../files/hand-off.worker';
import { readArchive } from '../../import/archive/read-archive';
import { readWorkbook } from '../../import/workbook/read-workbook';
import { readWorkbooksHere } from '../import/workbook-thread';

/** All workers of a workspace in one, over a database in its memory. */
readWorkbooksHere({ workbook: readWorkbook, archive: readArchive });
