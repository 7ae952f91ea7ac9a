import { generateEventFile } from '../../import/sample';
import { generateAdsReport } from '../../import/sample-ads';
import { sampleInsights } from '../../import/sample-insights';
import { dayFromNumber, dayNumberAt } from '../../model/calendar';
import { answerCalls, type Port } from '../threads/call';
import { importSources } from './import-sources';
import { handedEntry } from './handed-entry';
import { keepMapping, previewOf, tableToMap } from './mapped-table';
import { answerReadPart } from './part-thread';
import type { ImportCalls } from '../protocol';
import type { PartCalls } from '../thread-protocol';

/** The worker that writes: files into batches, one after the other, each all or nothing. */

const SAMPLE_EVENTS = 150_000;
const SAMPLE_PINS = 300;
const SAMPLE_DAYS = 730;
const SAMPLE_NAME = 'Sample data';
const SAMPLE_ADS_NAME = 'Sample ads';
const SAMPLE_INSIGHTS_NAME = 'Sample audience';

const entryUrl = import.meta.url;

answerCalls<ImportCalls & PartCalls>(self as unknown as Port, {
	import: (signal, { workspace, files, isByHand }, tell) => {
		const sources = files.map((file) => ({
			name: file.name,
			blob: file,
			modifiedMs: file.lastModified,
			isSample: false
		}));
		return importSources(signal, { workspace, entryUrl, isByHand }, sources, tell);
	},

	previewTable: async (signal, { workspace, file, entry, mapping }) =>
		previewOf(signal, workspace, await handedEntry(signal, file, entry), entry, mapping),

	importAnswered: async (signal, { workspace, file, entry, answers }, tell) => {
		if (answers.mapping) {
			const table = await tableToMap(signal, await handedEntry(signal, file, entry));
			await keepMapping(workspace, table, answers.mapping);
		}
		const source = { name: file.name, blob: file, modifiedMs: file.lastModified, isSample: false };
		return importSources(signal, { workspace, entryUrl, answered: { entry, answers } }, [source], tell);
	},

	importSample: (signal, { workspace }, tell) => {
		const lastDay = dayFromNumber(dayNumberAt(Date.now(), 'UTC') - 1);
		const about = { seed: 1, pins: SAMPLE_PINS, days: SAMPLE_DAYS, lastDay };
		const events = [...generateEventFile({ ...about, events: SAMPLE_EVENTS })] as Uint8Array<ArrayBuffer>[];
		const sampleOf = (name: string, parts: BlobPart[]) => ({
			name,
			blob: new Blob(parts),
			modifiedMs: null,
			isSample: true
		});
		const samples = [
			sampleOf(SAMPLE_NAME, events),
			sampleOf(SAMPLE_ADS_NAME, [generateAdsReport(about)]),
			sampleOf(SAMPLE_INSIGHTS_NAME, [sampleInsights(lastDay)])
		];
		return importSources(signal, { workspace, entryUrl }, samples, tell);
	},

	readPart: answerReadPart
});
