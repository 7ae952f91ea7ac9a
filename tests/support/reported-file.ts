import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Fact, FactsResult } from '../../src/lib/model/reported';

/** The text of a report under fixtures/reported. */
export function reportedFile(name: string): string {
	return readFileSync(fileURLToPath(new URL(`../fixtures/reported/${name}`, import.meta.url)), 'utf8');
}

/** The start of a file as formats are recognised by it. */
export function headOf(text: string) {
	return { bytes: new TextEncoder().encode(text), text, isWhole: true };
}

/** Facts as `metric day[..day] subject = value`, with filters and marks where there are any. */
export function told({ facts }: Pick<FactsResult, 'facts'>): string[] {
	return facts.map((fact: Fact) => {
		const days = fact.from === fact.to ? fact.from : `${fact.from}..${fact.to}`;
		const subject = fact.subject.kind === 'account' ? 'account' : `${fact.subject.kind} ${fact.subject.id}`;
		const filters = Object.entries(fact.filters).map(([name, values]) => ` ${name}=${values.join('+')}`);
		return `${fact.metric} ${days} ${subject}${filters.join('')} = ${fact.value}${fact.isEstimate ? ' ~' : ''}`;
	});
}
