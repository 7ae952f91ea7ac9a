import type { ExportChoice } from '../model/made-export';
import type { DayRange } from './range';

/** Exports that are no CSV: what they hold, as their name says it, and how that ends. */
const OTHER_FILES: Partial<Record<ExportChoice, readonly [what: string, extension: string]>> = {
	everything: ['everything', 'zip'],
	workbook: ['everything', 'xlsx'],
	chart: ['chart', 'png']
};

/**
 * What an export is called on disk.
 * @param format its ending, where an export can be written in several
 */
export function exportFileName(choice: ExportChoice, range: DayRange, format?: string): string {
	const [what, usual] = OTHER_FILES[choice] ?? [choice, 'csv'];
	const extension = format ?? usual;
	return `tackboard_${what}_${range.from}_${range.to}.${extension}`;
}

/** What a report is called; where nothing has days, without them. */
export function reportFileName(range: DayRange | null): string {
	return range ? `tackboard_report_${range.from}_${range.to}.html` : 'tackboard_report.html';
}

/** What the file of a batch's rejected rows is called. */
export function rejectedFileName(file: string): string {
	const stem = file.replace(/(\.[A-Za-z0-9]{1,8})+$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-');
	return `tackboard_rejected_${stem === '' ? 'rows' : stem}.csv`;
}

/** What a backup is called. */
export function backupFileName(workspace: string, when: Date): string {
	const name = workspace.replace(/[^\p{L}\p{N}._-]+/gu, '-');
	return `tackboard_backup_${name === '' ? '' : `${name}_`}${when.toISOString().slice(0, 10)}.tackboard`;
}
