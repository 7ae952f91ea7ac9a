import { factColumns } from '../../src/lib/columns/fact-columns';
import type { ReportContents } from '../../src/lib/columns/report-contents';
import type { DirectoryBoard, DirectoryPin } from '../../src/lib/model/directory';
import type { InsightsSnapshot } from '../../src/lib/model/insights';
import type { Fact } from '../../src/lib/model/reported';
import type { LiveBatch, WorkspaceDatabase } from '../../src/lib/store/database';
import { ImportSession } from '../../src/lib/store/import-session';
import type { ReportToStore } from '../../src/lib/store/reports';

/** Reports as their readers leave them, and their way into a database. */

export interface Said {
	readonly facts?: readonly Fact[];
	readonly pins?: readonly (Partial<DirectoryPin> & { readonly pinId: string })[];
	readonly boards?: readonly DirectoryBoard[];
	readonly insights?: readonly InsightsSnapshot[];
}

/** What a file came to that says just this. */
function contentsOf({ facts = [], pins = [], boards = [], insights = [] }: Said): ReportContents {
	const nothing = { title: '', board: '', boardId: '', link: '', createdAt: '', format: '' };
	return {
		facts: factColumns(facts),
		directory: { pins: pins.map((pin) => ({ ...nothing, ...pin })), boards },
		insights,
		covered: facts.map(({ from, to }) => ({ from, to })),
		exportedAt: null,
		accepted: facts.length + pins.length + boards.length + insights.length,
		rejected: 0,
		rejections: [],
		rejectedRows: [],
		columns: [],
		unknownColumns: [],
		title: '',
		settings: [],
		notes: []
	};
}

let stored = 0;

/** What such a file is stored with. */
export function reportToStore(said: Said, more: Partial<ReportToStore> = {}): ReportToStore {
	return {
		file: 'report.csv',
		isSample: false,
		fingerprint: `report ${++stored}`,
		byteLength: 100,
		name: 'table',
		exportedAt: 1_000,
		contents: contentsOf(said),
		...more
	};
}

/** Stores such a file in a workspace opened anew for it. */
export async function storeSaid(
	db: WorkspaceDatabase,
	said: Said,
	more: Partial<ReportToStore> = {},
	instead?: LiveBatch
): Promise<LiveBatch> {
	return (await ImportSession.open(db)).addReport(reportToStore(said, more), instead);
}
