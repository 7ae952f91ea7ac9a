import { readArchive } from '../../src/lib/import/archive/read-archive';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { factsOf } from '../../src/lib/columns/fact-columns';
import type { ReportContents } from '../../src/lib/columns/report-contents';
import type { ByteSource } from '../../src/lib/import/byte-source';
import { NO_ANSWERS, type ReportContext, type ReportRead } from '../../src/lib/import/formats/format';
import { openFile } from '../../src/lib/import/text-file';
import { adsLabel, ADS_LEVELS } from '../../src/lib/model/reported';
import { readReport } from '../../src/lib/worker/import/report-import';
import { bufferSource, utf8 } from './memory-workspace';

/** The text of a report under fixtures/reported. */
export function reportedFile(name: string): string {
	return readFileSync(fileURLToPath(new URL(`../fixtures/reported/${name}`, import.meta.url)), 'utf8');
}

/** The start of a file as formats are recognised by it. */
export function headOf(text: string) {
	return { bytes: new TextEncoder().encode(text), text, isWhole: true };
}

/** Reads a report, or its text, as its own format does, with what is known of it beside its bytes. */
export async function readText(
	text: string | ByteSource,
	{
		file = 'report',
		answers,
		...known
	}: Partial<Omit<ReportContext, 'answers'>> & {
		readonly answers?: Partial<ReportContext['answers']>;
	} = {}
): Promise<ReportRead> {
	const source = typeof text === 'string' ? bufferSource(utf8(text)) : text;
	const opened = await openFile(source);
	if (opened.format.gives !== 'report') throw new Error(`these are events: ${opened.format.gives}`);
	const context: ReportContext = {
		file,
		modifiedMs: null,
		importedAtMs: Date.UTC(2026, 9, 1),
		savedMapping: async () => null,
		readArchive,
		...known,
		answers: { ...NO_ANSWERS, ...answers }
	};
	const { signal } = new AbortController();
	return (await readReport(signal, source, opened, opened.format, context)).read;
}

/** What a report's text comes to. @throws where something is needed first */
export async function contentsOf(...asked: Parameters<typeof readText>): Promise<ReportContents> {
	const read = await readText(...asked);
	if (read.outcome !== 'read') throw new Error(read.outcome);
	return read.contents;
}

/** Facts in the order of these lines: `metric day[..day] subject = value`, with filters, names of ads and marks where there are any. */
export function told({ facts }: Pick<ReportContents, 'facts'>): string[] {
	const lines = [...factsOf(facts)].map((fact) => {
		const days = fact.from === fact.to ? fact.from : `${fact.from}..${fact.to}`;
		const subject = fact.subject.kind === 'account' ? 'account' : `${fact.subject.kind} ${fact.subject.id}`;
		const filters = Object.entries(fact.filters).map(
			([name, values]) => ` ${name}=${(values ?? []).join('+')}`
		);
		const ads = ADS_LEVELS.flatMap((level) =>
			fact.ads[level] ? [` ${level}=${adsLabel(fact.ads[level])}`] : []
		);
		const marks = `${fact.kind === 'level' ? ' so far' : ''}${fact.isEstimate ? ' ~' : ''}`;
		return `${fact.metric} ${days} ${subject}${filters.join('')}${ads.join('')} = ${fact.value}${marks}`;
	});
	return lines.sort();
}
