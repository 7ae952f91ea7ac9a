import { blobSource } from '../../import/byte-source';
import { readPart } from '../../import/read-part';
import type { Handlers } from '../threads/call';
import type { PartCalls } from '../thread-protocol';
import { readIntoDatabase } from './thread-sink';

/** The end of a thread that reads a part of a file of delimited text. */
export const answerReadPart: Handlers<PartCalls>['readPart'] = (signal, params, tell) => {
	const { blob, dialect, range, accounts } = params;
	return readIntoDatabase(signal, params, (sink) =>
		readPart(signal, blobSource(blob), dialect, range, accounts, sink, tell)
	);
};
