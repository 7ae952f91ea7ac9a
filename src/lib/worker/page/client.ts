import type { ImportReport } from '../../model/import-report';
import { problemOf } from '../../model/problem';
import { FIRST_KEY } from '../../model/workspace';
import type { Caller } from '../threads/call';
import { connectHost } from './client-host';
import { Thread } from './client-thread';
import dataWorkerUrl from '../data/data.worker?worker&url';
import importWorkerUrl from '../import/import.worker?worker&url';
import memoryWorkerUrl from '../threads/memory.worker?worker&url';
import handOffWorkerUrl from '../files/hand-off.worker?worker&url';
import type { DataCalls, HandOffCalls, ImportCalls, ZipCalls } from '../protocol';
import { takeAhead } from './open-ahead';
import type { WorkspaceClient } from './workspace-client';
import { inTurnOfTabs, onChange } from '../locks/write-lock';
import zipWorkerUrl from '../files/zip.worker?worker&url';

/**
 * Starts the workers of a workspace; in a site that is built for a host there is one workspace, and it is there.
 * @param workspaceKey looks up the key of its database when it is opened, and may reject
 */
export function connect(workspaceKey: () => Promise<string>): WorkspaceClient {
	if (__CLICKHOUSE__) return connectHost(__CLICKHOUSE__);
	let workspace = '';
	let isInMemory = false;
	let first = takeAhead();
	let data = first?.data ?? new Thread<DataCalls>(dataWorkerUrl);
	let imports = new Thread<ImportCalls>(importWorkerUrl);
	const zips = new Thread<ZipCalls>(zipWorkerUrl);
	let handOffs = new Thread<HandOffCalls>(handOffWorkerUrl);
	const reopen = (calls: Caller<DataCalls>) => calls.call(null, 'open', { workspace });
	data.reopen = reopen;
	let restarted = () => {};
	const onAskedAgain = () => restarted();
	data.onAskedAgain = onAskedAgain;
	/** Runs an import; where its worker ends, what that had stored so far is swept by the other one. */
	const importing = async (run: Promise<ImportReport>): Promise<ImportReport> => {
		try {
			return await run;
		} catch (error) {
			if (problemOf(error).code === 'worker_ended') data.call(null, 'sweep', null).catch(() => {}); // or at the next start
			throw error;
		}
	};
	return {
		open: async () => {
			workspace = await workspaceKey();
			try {
				const opened = workspace === FIRST_KEY ? first?.opened : undefined;
				first = null; // opened once; after a failure it is tried anew
				if (opened) return await opened;
				return await data.call(null, 'open', { workspace });
			} catch (error) {
				if (isInMemory || problemOf(error).code !== 'storage_refused') throw error;
			}
			data.close();
			imports.close();
			handOffs.close();
			const both = new Thread<DataCalls & ImportCalls & HandOffCalls>(memoryWorkerUrl);
			data = both as unknown as Thread<DataCalls>;
			data.reopen = reopen;
			data.onAskedAgain = onAskedAgain;
			imports = both as unknown as Thread<ImportCalls>;
			handOffs = both as unknown as Thread<HandOffCalls>;
			isInMemory = true;
			return data.call(null, 'open', { workspace });
		},
		get isInMemory() {
			return isInMemory;
		},
		coverage: async () => {
			await workspaceKey();
			return data.ask(null, 'refresh', null);
		},
		ask: async (signal, request, onPiece) => void (await data.ask(signal, 'ask', request, onPiece)),
		pins: (signal, request) => data.ask(signal, 'pins', request),
		lives: (signal, request) => data.ask(signal, 'lives', request),
		rowPeople: (signal, request) => data.ask(signal, 'rowPeople', request),
		ages: (signal, request) => data.ask(signal, 'ages', request),
		coverageMap: (signal, scope) => data.ask(signal, 'coverageMap', scope),
		insights: (signal) => data.ask(signal, 'insights', null),
		insightsCsv: (signal, snapshots) => data.ask(signal, 'insightsCsv', { snapshots }),
		exportCsv: (signal, kind, query, compared, onprogress) =>
			data.ask(signal, 'export', { kind, query, compared }, onprogress),
		workbook: (signal, request, onprogress) => data.ask(signal, 'workbook', request, onprogress),
		zip: (signal, entries, onprogress) => zips.call(signal, 'zip', { entries }, onprogress),
		exportParquet: (signal, query, file, onprogress) =>
			handOffs.call(signal, 'handOff', { workspace, query, file }, onprogress),
		ownWords: () => data.ask(null, 'ownWords', null),
		ownItem: (of, id) => data.ask(null, 'ownItem', { of, id }),
		changeOwnWords: async (change) => void (await data.call(null, 'changeOwnWords', change)),
		labelShares: (signal, query) => data.ask(signal, 'labelShares', { query }),
		ownCsv: (kind) => data.ask(null, 'ownCsv', { kind }),
		onOwnWordsChanged: (listener) => onChange(workspace, listener, 'own_words'),
		madeExports: () => data.ask(null, 'madeExports', null),
		noteExport: (made) => data.call(null, 'noteExport', made),
		batches: () => data.ask(null, 'batches', null),
		nameProfile: async (batchId, profile) =>
			void (await data.call(null, 'nameProfile', { batchId, profile })),
		undo: async (batchId) => void (await data.call(null, 'undo', { batchId })),
		overlap: (signal, batchId) => data.ask(signal, 'overlap', { batchId }),
		chooseSameDays: async (batchId, choice) =>
			void (await data.call(null, 'chooseSameDays', { batchId, choice })),
		rejectedRows: (batchId) => data.ask(null, 'rejectedRows', { batchId }),
		inbox: {
			state: () => data.ask(null, 'inbox', null),
			choose: async (handle) => void (await data.call(null, 'chooseInbox', { handle })),
			forget: async () => void (await data.call(null, 'forgetInbox', null)),
			look: (scope) => data.ask(null, 'lookInbox', { scope }),
			note: async (files) => void (await data.call(null, 'noteInbox', { files })),
			watch: async (signal, onChange) => void (await data.call(signal, 'watchInbox', null, onChange)),
			inTurn: (work) => inTurnOfTabs(`inbox-${workspace}`, work)
		},
		importFiles: async (signal, files, isByHand, onprogress) => {
			const params = { workspace: await workspaceKey(), files, isByHand };
			return importing(imports.call(signal, 'import', params, onprogress));
		},
		previewTable: async (file, entry, mapping) =>
			imports.ask(null, 'previewTable', { workspace: await workspaceKey(), file, entry, mapping }),
		importAnswered: async (signal, file, entry, answers, onprogress) => {
			const params = { workspace: await workspaceKey(), file, entry, answers };
			return importing(imports.call(signal, 'importAnswered', params, onprogress));
		},
		importSample: async (signal, onprogress) =>
			importing(imports.call(signal, 'importSample', { workspace: await workspaceKey() }, onprogress)),
		onRestarted: (listener) => void (restarted = listener),
		onChangedElsewhere: (listener) => onChange(workspace, listener),
		close: () => {
			for (const thread of [data, imports, zips, handOffs]) thread.close();
		}
	};
}
