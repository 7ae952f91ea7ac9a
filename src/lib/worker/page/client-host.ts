import { HostEngine } from '../../clickhouse/engine';
import type { Credentials, DataHost } from '../../model/host';
import type { MadeExport } from '../../model/made-export';
import { NO_OWN_WORDS } from '../../model/own-words';
import { ProblemError } from '../../model/problem';
import type { WorkspaceClient } from './workspace-client';
import { Thread } from './client-thread';
import { exportFromHost } from './host-exports';
import type { ZipCalls } from '../protocol';
import zipWorkerUrl from '../files/zip.worker?worker&url';

/**
 * The page's end where a host holds the events: the same questions, sent there. Nothing can be imported or taken back;
 * of what the page itself does, the list of exports lasts as long as the page.
 */

let engine: HostEngine | null = null;

/** Who asks the host from now on. Kept in memory, gone with the page. */
export function signIn(credentials: Credentials | null): void {
	engine?.signIn(credentials);
}

/** The client of a host; all clients of a page share who asks. */
export function connectHost(host: DataHost): WorkspaceClient {
	const asked = (engine ??= new HostEngine(host));
	const zips = new Thread<ZipCalls>(zipWorkerUrl);
	const ended = new AbortController();
	let made: readonly MadeExport[] = [];
	const never = () => Promise.reject(new Error('the events are held by a host'));
	return {
		open: () => asked.coverage(ended.signal),
		isInMemory: false,
		coverage: () => asked.coverage(ended.signal),
		ask: (signal, request, onPiece) => asked.ask(signal, request, onPiece),
		pins: (signal, request) => asked.pins(signal, request),
		lives: async (_, { pinIds }) => pinIds.map(() => null),
		rowPeople: async () => [],
		ages: async () => null,
		coverageMap: async () => null,
		insights: async () => ({ snapshots: [], damaged: [] }),
		insightsCsv: async () => null,
		exportCsv: async (signal, kind, query, compared, onprogress = () => {}) => {
			const before = compared && { ...query, filter: { ...query.filter, ...compared } };
			const blob = await exportFromHost(signal, asked, kind, query, before, onprogress);
			return blob && { blob, days: null };
		},
		workbook: async (signal, request, onprogress) => {
			const { workbookFromHost } = await import('./host-workbook');
			return workbookFromHost(signal, asked, request, onprogress);
		},
		exportParquet: never,
		zip: (signal, entries, onprogress) => zips.call(signal, 'zip', { entries }, onprogress),
		ownWords: async () => NO_OWN_WORDS,
		ownItem: async () => null,
		changeOwnWords: never,
		labelShares: async () => null,
		ownCsv: async () => null,
		onOwnWordsChanged: () => () => {},
		madeExports: async () => made,
		noteExport: async (next) => (made = [next, ...made]),
		batches: async () => [],
		nameProfile: never,
		undo: never,
		overlap: async () => null,
		chooseSameDays: never,
		rejectedRows: never,
		inbox: null,
		importFiles: never,
		previewTable: never,
		importAnswered: never,
		importSample: never,
		onChangedElsewhere: () => () => {},
		onRestarted: () => {},
		close: () => {
			ended.abort(new ProblemError({ code: 'newer_version' }));
			zips.close();
		}
	};
}
