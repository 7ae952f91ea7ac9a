import { zipFiles } from '../../export/zip';
import { answerCalls, type Port } from '../threads/call';
import type { ZipCalls } from '../protocol';

/** The worker that packs an archive. Started only for one. */

answerCalls<ZipCalls>(self as unknown as Port, {
	zip: (signal, { entries }, tell) => zipFiles(signal, entries, tell)
});
