import type { Column, Row } from '../table';
import { ZipFile } from '../zip';
import { stylesXml } from './cell-styles';
import { SharedTexts } from './shared-texts';
import { SheetXml } from './sheet-xml';
import { SHARED_TEXTS_PART, STYLES_PART, WORKBOOK_TYPE, sheetPart, workbookParts } from './workbook-parts';

/** What a sheet holds at most, its head row included. */
export const MOST_SHEET_ROWS = 1_048_576;

const MOST_NAME_CHARACTERS = 31;
/** XML is packed in pieces of so many characters. */
const PIECE_CHARACTERS = 1 << 18;
/** Rows by which columns get their widths. */
const SAMPLE_ROWS = 100;

/**
 * An Excel workbook (.xlsx) that is written sheet by sheet, row by row. Memory holds a piece of XML, what the archive
 * holds, and the texts that cells share, which are bounded; none of it grows with the rows.
 */
export class WorkbookFile {
	readonly #zip = new ZipFile();
	readonly #encoder = new TextEncoder();
	readonly #texts = new SharedTexts();
	readonly #names: string[] = [];
	#open: {
		readonly name: string;
		readonly columns: readonly Column[];
		readonly xml: SheetXml;
		/** How many sheets the table has so far. */
		readonly place: number;
		/** Whether the head is written. */
		isBegun: boolean;
	} | null = null;
	#pieces: string[] = [];
	#characters = 0;

	/** Begins a sheet, and ends the one before it. One that gets more rows than a sheet holds goes on in a further one. */
	begin(name: string, columns: readonly Column[]): void {
		this.#endSheet();
		this.#beginSheet(name, columns, 1);
	}

	/** Adds rows to the sheet that was begun. */
	write(rows: readonly Row[]): void {
		this.#head(rows);
		for (let i = 0; i < rows.length; i++) {
			const { name, columns, xml, place } = this.#open!;
			if (xml.rows >= MOST_SHEET_ROWS) {
				this.#endSheet();
				this.#beginSheet(name, columns, place + 1);
				this.#head(rows.slice(i, i + SAMPLE_ROWS));
			}
			this.#add(this.#open!.xml.row(rows[i]!));
		}
	}

	finish(): Blob {
		this.#endSheet();
		this.#part(SHARED_TEXTS_PART, this.#texts.xml());
		this.#part(STYLES_PART, [stylesXml()]);
		for (const [name, xml] of workbookParts(this.#names)) this.#part(name, [xml]);
		return this.#zip.finish(WORKBOOK_TYPE);
	}

	#beginSheet(name: string, columns: readonly Column[], place: number): void {
		this.#zip.begin(sheetPart(this.#names.length));
		this.#names.push(sheetName(name, place, this.#names));
		this.#open = { name, columns, xml: new SheetXml(columns, this.#texts), place, isBegun: false };
	}

	#head(sample: readonly Row[]): void {
		const open = this.#open!;
		if (open.isBegun) return;
		open.isBegun = true;
		this.#add(open.xml.head(sample.slice(0, SAMPLE_ROWS), this.#names.length === 1));
	}

	#endSheet(): void {
		if (!this.#open) return;
		this.#head([]);
		this.#add(this.#open.xml.foot());
		this.#flush();
		this.#open = null;
	}

	#part(name: string, xml: Iterable<string>): void {
		this.#zip.begin(name);
		for (const piece of xml) this.#add(piece);
		this.#flush();
	}

	#add(xml: string): void {
		this.#pieces.push(xml);
		this.#characters += xml.length;
		if (this.#characters > PIECE_CHARACTERS) this.#flush();
	}

	#flush(): void {
		this.#zip.write(this.#encoder.encode(this.#pieces.join('')));
		this.#pieces = [];
		this.#characters = 0;
	}
}

/**
 * A name that a sheet can have, and that no other has.
 * @param place 1 is the first sheet of its table
 */
function sheetName(name: string, place: number, used: readonly string[]): string {
	const plain = name.replace(/[[\]:*?/\\]/g, ' ').replace(/^'+|'+$/g, '');
	const isUsed = (wanted: string) =>
		used.some((other) => other.toLocaleLowerCase() === wanted.toLocaleLowerCase());
	for (let number = place; ; number++) {
		const end = number === 1 ? '' : ` ${number}`;
		const wanted = plain.slice(0, MOST_NAME_CHARACTERS - end.length).trim() + end;
		if (!isUsed(wanted)) return wanted;
	}
}
