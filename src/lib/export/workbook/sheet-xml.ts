import type { Cell, Column, Row } from '../table';
import { styleOf } from './cell-styles';
import { serialDate } from './serial-date';
import type { SharedTexts } from './shared-texts';
import { cellText, xmlText } from './sheet-text';

/** The XML of a sheet (ECMA-376, part 1, 18.3): its head row, bold and frozen, and a row for each of the table. */
export class SheetXml {
	readonly #columns: readonly Column[];
	readonly #texts: SharedTexts;
	/** What stands in a cell's element before the row's number: `<c r="A`. */
	readonly #openings: readonly string[];
	/** What stands behind it: `" s="2"`. */
	readonly #styles: readonly string[];
	/** Rows that were written, the head included. */
	rows = 0;

	constructor(columns: readonly Column[], texts: SharedTexts) {
		this.#columns = columns;
		this.#texts = texts;
		this.#openings = columns.map((_, i) => `<c r="${columnLetters(i)}`);
		this.#styles = columns.map(({ type }) => `" s="${styleOf(type)}"`);
	}

	/**
	 * What stands before the rows, and the head row.
	 * @param sample rows by which columns get their widths
	 * @param isFirst whether it is the sheet that is shown first
	 */
	head(sample: readonly Row[], isFirst: boolean): string {
		const widths = this.#columns.map((column, i) => {
			const width = widthOf(
				column,
				sample.map((row) => row[i] ?? null)
			);
			return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`;
		});
		this.rows = 1;
		const names = this.#columns.map(
			({ name }, i) =>
				`${this.#openings[i]}1" s="${styleOf('head')}" t="inlineStr"><is><t>${xmlText(name)}</t></is></c>`
		);
		return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${names.join('')}</row>`;
	}

	/** The next row. */
	row(cells: Row): string {
		const number = ++this.rows;
		let xml = `<row r="${number}">`;
		for (let i = 0; i < cells.length; i++) {
			const cell = cells[i] as Cell;
			if (cell === null || cell === '') continue;
			const content = this.#content(this.#columns[i]!, cell);
			if (content !== '') xml += this.#openings[i]! + number + this.#styles[i]! + content;
		}
		return `${xml}</row>`;
	}

	/** The rest of a cell's element; '' where there is nothing to show. */
	#content({ type }: Column, cell: Exclude<Cell, null>): string {
		switch (type) {
			case 'number':
			case 'share':
				return Number.isFinite(Number(cell)) ? `><v>${cell}</v></c>` : '';
			case 'day':
			case 'stamp': {
				const serial = serialDate(String(cell));
				return serial === null ? inCell(String(cell)) : `><v>${serial}</v></c>`;
			}
			case 'id':
				return inCell(String(cell));
			case 'text': {
				const number = this.#texts.number(String(cell));
				return number === null ? inCell(String(cell)) : ` t="s"><v>${number}</v></c>`;
			}
		}
	}

	/** What stands behind the rows: ids are digits that are meant to be text, so programs need not warn of them. */
	foot(): string {
		const ids = this.#columns.flatMap(({ type }, i) => {
			const letters = columnLetters(i);
			return type === 'id' && this.rows > 1 ? [`${letters}2:${letters}${this.rows}`] : [];
		});
		const ignored =
			ids.length === 0
				? ''
				: `<ignoredErrors><ignoredError sqref="${ids.join(' ')}" numberStoredAsText="1"/></ignoredErrors>`;
		return `</sheetData>${ignored}</worksheet>`;
	}
}

function inCell(text: string): string {
	return ` t="inlineStr"><is><t xml:space="preserve">${xmlText(cellText(text))}</t></is></c>`;
}

/** The letters of a column: A, B, … Z, AA. */
function columnLetters(index: number): string {
	const last = String.fromCharCode(65 + (index % 26));
	return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

const LEAST_WIDTH = 8;
const MOST_WIDTH = 48;
/** Of dates as cell-styles.ts writes them. */
const DATE_WIDTHS = { day: 10, stamp: 23 } as const;

/** In characters. */
function widthOf({ name, type }: Column, sample: readonly Cell[]): number {
	const lengths =
		type === 'day' || type === 'stamp'
			? [DATE_WIDTHS[type]]
			: sample.map((cell) => (cell === null ? 0 : String(cell).length));
	const longest = lengths.reduce((most, length) => Math.max(most, length), name.length);
	return Math.min(Math.max(longest + 2, LEAST_WIDTH), MOST_WIDTH);
}
