import type { Figures } from '../model/figures';
import type { PinAttributes } from '../model/answer';
import type { Query } from '../model/query';
import { ATTRIBUTE_NAMES, PIN_ATTRIBUTES, attributesAt, attributesOfPins } from './attributes';
import { FIGURES } from './columns';
import { FIGURE_IDS } from '../model/figures';
import { figuresIn, numberCell, textCell, type Ask } from './rows';
import { joined, name, sql } from './sql';
import { allBoards, pinFigures } from './top';
import type { Tables } from './tables';

/** Every Pin or board with an event that passes, best first, with all figures: for exports. */

export interface ListedPin extends PinAttributes {
	readonly pinId: string;
	readonly figures: Figures;
}

export interface ListedBoard {
	readonly board: string;
	readonly pins: number;
	readonly figures: Figures;
}

const FIGURE_NAMES = joined(
	FIGURE_IDS.map((id) => name(`f_${id}`)),
	', '
);

export async function answerAllPins(ask: Ask, tables: Tables, query: Query): Promise<ListedPin[]> {
	const { rows } = await ask(sql`SELECT pin_id, ${ATTRIBUTE_NAMES}, ${FIGURE_NAMES}
		FROM (${pinFigures(tables, query, FIGURES)})
		ANY LEFT JOIN (${attributesOfPins(tables, PIN_ATTRIBUTES)}) AS attributes USING (pin_id)
		ORDER BY sort_value DESC, pin_id`);
	return rows.map((row) => ({
		pinId: textCell(row, 0),
		...attributesAt(row, 1),
		figures: figuresIn(row, 1 + PIN_ATTRIBUTES.length)
	}));
}

export async function answerAllBoards(ask: Ask, tables: Tables, query: Query): Promise<ListedBoard[]> {
	const { rows } = await ask(allBoards(tables, query));
	return rows.map((row) => ({
		board: textCell(row, 0),
		pins: numberCell(row, 1),
		figures: figuresIn(row, 2)
	}));
}
