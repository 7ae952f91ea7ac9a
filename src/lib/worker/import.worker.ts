import { generateEventFile } from '../import/sample';
import { dayFromNumber, dayNumberAt } from '../model/calendar';
import { answerCalls, type Port } from './call';
import { importSources } from './import-sources';
import { keepMapping, mappedEvents, mappedReader, previewOf } from './mapped-table';
import { answerReadPart } from './part-thread';
import type { ImportCalls, PartCalls } from './protocol';

/** The worker that writes: files into batches, one after the other, each all or nothing. */

const SAMPLE_EVENTS = 150_000;
const SAMPLE_NAME = 'Sample data';

const entryUrl = import.meta.url;

answerCalls<ImportCalls & PartCalls>(self as unknown as Port, {
	import: (signal, { workspace, files }, tell) => {
		const sources = files.map((file) => ({
			name: file.name,
			blob: file,
			modifiedMs: file.lastModified,
			isSample: false
		}));
		return importSources(signal, { workspace, entryUrl }, sources, tell);
	},

	previewTable: (_, { workspace, file, mapping }) => previewOf(workspace, file, mapping),

	importAnswered: async (signal, { workspace, file, answers: { mapping } }, tell) => {
		if (!mapping) throw new Error('only mappings are answered');
		await keepMapping(workspace, file, mapping);
		const isFigures = mapping.kind === 'figures';
		const blob = isFigures ? file : await mappedEvents(file, mapping);
		const source = { name: file.name, blob, modifiedMs: file.lastModified, isSample: false };
		const factReader = isFigures ? mappedReader(mapping) : null;
		return importSources(signal, { workspace, entryUrl, factReader }, [source], tell);
	},

	importSample: (signal, { workspace }, tell) => {
		const lastDay = dayFromNumber(dayNumberAt(Date.now(), 'UTC') - 1);
		const chunks = [...generateEventFile({ events: SAMPLE_EVENTS, lastDay })] as Uint8Array<ArrayBuffer>[];
		const sample = { name: SAMPLE_NAME, blob: new Blob(chunks), modifiedMs: null, isSample: true };
		return importSources(signal, { workspace, entryUrl }, [sample], tell);
	},

	readPart: answerReadPart
});
