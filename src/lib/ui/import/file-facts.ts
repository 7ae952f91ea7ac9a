import { m } from '$lib/i18n/generated/messages.js';
import { formatLocale } from '$lib/i18n/locale';
import { dayAt } from '$lib/model/calendar';
import type { Encoding, FileReport, ReportName } from '$lib/model/import-report';
import { contentsOf, namesReport } from '$lib/view/contents';
import { formatCount, formatNames, formatRange } from '$lib/view/format';
import { problemText } from '../problem-text';
import { CONTENTS_LABELS, REPORT_LABELS } from './contents-labels';

const ENCODINGS: Readonly<Partial<Record<Encoding, string>>> = {
	'utf-16le': 'UTF-16',
	'utf-16be': 'UTF-16',
	'windows-1252': 'Windows-1252'
};

function isReportName(format: FileReport['format']): format is ReportName {
	return format !== null && format in REPORT_LABELS;
}

/** The names of what a file holds: its contents and, where that says more, whose report it is. */
export function heldBy(file: Pick<FileReport, 'kind' | 'format' | 'columnsRead'>): readonly string[] {
	if (file.kind === null) return [];
	const name = isReportName(file.format) ? file.format : null;
	const holds = CONTENTS_LABELS[contentsOf(file.kind, name, file.columnsRead)]();
	return name !== null && namesReport(name) ? [holds, REPORT_LABELS[name]()] : [holds];
}

/**
 * What became of a file that asks nothing, on one line.
 * @param zone in which days of events are counted
 */
export function factsOfFile(file: FileReport, zone: string): string {
	if (file.outcome === 'already_there') return file.batchId === null ? m.undone_before() : m.already_there();
	if (file.outcome === 'cancelled') return m.file_cancelled();
	if (file.outcome === 'failed') return file.problem ? problemText(file.problem) : m.import_failed();
	const locale = formatLocale();
	const count = (value: number) => ({ count: value, n: formatCount(locale, value) });
	const parts: string[] = [...heldBy(file), m.rows_accepted(count(file.accepted))];
	if (file.rejected > 0) parts.push(m.rows_rejected(count(file.rejected)));
	if (file.reportedDays) parts.push(m.days_covered({ range: formatRange(locale, file.reportedDays) }));
	if (file.firstMs !== null && file.lastMs !== null) {
		const range = { from: dayAt(file.firstMs, zone), to: dayAt(file.lastMs, zone) };
		parts.push(m.days_covered({ range: formatRange(locale, range) }));
	}
	if (file.own.length > 0) parts.push(m.own_kept({ names: formatNames(locale, file.own) }));
	const profiles = file.profiles.filter((name) => name !== '');
	if (profiles.length > 0) parts.push(m.profiles_named({ names: formatNames(locale, profiles) }));
	const encoding = file.encoding === null ? undefined : ENCODINGS[file.encoding];
	if (encoding) parts.push(m.text_read_as({ encoding }));
	if (file.mends) parts.push(m.file_mends());
	if (file.newPins > 0) parts.push(m.new_pins(count(file.newPins)));
	return parts.join(' · ');
}
