import type { ColumnReport, FileReport } from '../model/import-report';

/** How the columns of a file were read. */
export interface ColumnsRead {
	readonly read: readonly ColumnReport[];
	/** Names of columns that were left out, each once. */
	readonly leftOut: readonly string[];
}

export function columnsOf({
	columnsRead,
	unknownColumns
}: Pick<FileReport, 'columnsRead' | 'unknownColumns'>): ColumnsRead {
	const unread = columnsRead.filter(({ role }) => role === '').map(({ name }) => name);
	return {
		read: columnsRead.filter(({ role }) => role !== ''),
		leftOut: [...new Set([...unread, ...unknownColumns])].filter((name) => name.trim() !== '')
	};
}

/** The first of a list, and the others, which are folded away; one alone is not worth folding. */
export function folded<T>(all: readonly T[], limit: number): readonly [readonly T[], readonly T[]] {
	return all.length <= limit + 1 ? [all, []] : [all.slice(0, limit), all.slice(limit)];
}
