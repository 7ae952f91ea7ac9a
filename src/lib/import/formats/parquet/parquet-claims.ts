import { growableInt32 } from '../../../columns/growable';
import { ATTRIBUTES } from '../../../model/event';
import type { EventRows } from '../../event-rows';
import type { Header } from '../../header';
import type { ParquetGroup } from './parquet-group';

/** Claims the attributes of Pins, and keeps in which cells the newest are: where these come again, nothing is new. */
export class ClaimedCells {
	readonly #rows: EventRows;
	readonly #fields: readonly number[];
	/** Per Pin, and in it per field: the cell claimed last. */
	readonly #claimed = growableInt32();
	#group: ParquetGroup | null = null;
	#cellsOf: readonly Int32Array[] = [];
	/** Numbers the groups: cells of one are not those of another. */
	#number = 0;

	/** @param rows what the rows come to */
	constructor({ fieldOf }: Header, rows: EventRows) {
		this.#rows = rows;
		this.#fields = ATTRIBUTES.map((name) => fieldOf[name]).filter((field) => field >= 0);
	}

	/** Makes ready for the rows of another group. */
	start(group: ParquetGroup): void {
		this.#group = group;
		this.#cellsOf = this.#fields.map((field) => group.columns[field]!.cellOf);
		this.#number++;
	}

	/** Claims for a Pin what a row of the group says of it, at the time of its event. */
	claim(row: number, pin: number, timeMs: number): void {
		if (this.#fields.length === 0) return;
		const { claims } = this.#rows;
		if (claims.isClaimed(pin, this.#number) && this.#hasClaimed(row, pin)) {
			claims.repeat(pin, timeMs);
			return;
		}
		const group = this.#group!;
		const cells = group.fieldsOf(row, this.#fields);
		const named = this.#rows.claimAttributes(group.bytes, cells, pin, timeMs);
		if (named < 0) return;
		claims.setClaimed(pin, this.#number, named);
		const fields = this.#fields.length;
		this.#claimed.reserve((pin + 1) * fields);
		for (let f = 0; f < fields; f++) {
			this.#claimed.array[pin * fields + f] = this.#cellsOf[f]![row] as number;
		}
	}

	#hasClaimed(row: number, pin: number): boolean {
		const { array } = this.#claimed;
		const fields = this.#fields.length;
		for (let f = 0; f < fields; f++) {
			if (array[pin * fields + f] !== this.#cellsOf[f]![row]) return false;
		}
		return true;
	}
}
