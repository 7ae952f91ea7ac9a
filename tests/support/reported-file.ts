import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { factsOf } from '../../src/lib/columns/fact-columns';
import type { ReportContents } from '../../src/lib/columns/report-contents';

/** The text of a report under fixtures/reported. */
export function reportedFile(name: string): string {
	return readFileSync(fileURLToPath(new URL(`../fixtures/reported/${name}`, import.meta.url)), 'utf8');
}

/** The start of a file as formats are recognised by it. */
export function headOf(text: string) {
	return { bytes: new TextEncoder().encode(text), text, isWhole: true };
}

/** Facts in the order of these lines: `metric day[..day] subject = value`, with filters and marks where there are any. */
export function told({ facts }: Pick<ReportContents, 'facts'>): string[] {
	const lines = [...factsOf(facts)].map((fact) => {
		const days = fact.from === fact.to ? fact.from : `${fact.from}..${fact.to}`;
		const subject = fact.subject.kind === 'account' ? 'account' : `${fact.subject.kind} ${fact.subject.id}`;
		const filters = Object.entries(fact.filters).map(([name, values]) => ` ${name}=${values.join('+')}`);
		return `${fact.metric} ${days} ${subject}${filters.join('')} = ${fact.value}${fact.isEstimate ? ' ~' : ''}`;
	});
	return lines.sort();
}
