import { readWorkbook } from '../import/workbook/read-workbook';
import { answerCalls, type Port } from './call';
import type { WorkbookCalls } from './protocol';

/** The worker that reads workbooks, for the import worker. Nobody starts it before the first such file. */

answerCalls<WorkbookCalls>(self as unknown as Port, {
	readWorkbook: (signal, { bytes }) => readWorkbook(signal, bytes)
});
