import { readFileSync, readdirSync } from 'node:fs';

/** The files of tests/fixtures/specimens, and what each is to be read as. */

const FOLDER = new URL('../fixtures/specimens/', import.meta.url);

/** A row of insights.csv; the affinity is left out where it is unknown. */
export interface ExpectedInsight {
	readonly audience: string;
	readonly day: string;
	readonly size: number;
	readonly section: string;
	readonly name: string;
	readonly share: number;
	readonly affinity?: number;
}

export interface ExpectedReading {
	readonly kind: string;
	/** The last change of the file, where a reading rests on it. */
	readonly modified?: string;
	/** Of a file that asks: the days or the Pin to enter. */
	readonly days?: { readonly from: string; readonly to: string };
	readonly pin?: string;
	/** Of an archive or workbook, what each entry or sheet holds. */
	readonly files?: Readonly<Record<string, string>>;
	readonly rejected?: number;
	/** Rows of reported.csv, whether there are no others, and rows that must not be there. */
	readonly facts?: readonly Readonly<Record<string, unknown>>[];
	readonly isAllFacts?: boolean;
	readonly never?: readonly Readonly<Record<string, unknown>>[];
	/** Of a refusal: what its sentence holds, as a pattern. */
	readonly message?: string;
	readonly insights?: readonly ExpectedInsight[];
	readonly pins?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function specimenNames(): string[] {
	return readdirSync(FOLDER).filter((name) => name !== 'expected.json');
}

export function specimenText(name: string): string {
	return readFileSync(new URL(name, FOLDER), 'utf8');
}

export function expectedReading(name: string): ExpectedReading {
	const all = JSON.parse(specimenText('expected.json')) as Record<string, ExpectedReading>;
	const found = all[name];
	if (!found) throw new Error(`expected.json does not name ${name}`);
	return found;
}
