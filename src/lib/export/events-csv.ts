import type { Catalogue } from '../columns/catalogue';
import { kindOf, valueName, valueOf } from '../columns/combination';
import { valuesOfTuples } from '../columns/own-columns';
import { videoFrom, type Segment } from '../columns/segment';
import type { TextBlocks } from '../columns/text-blocks';
import { ownDimension } from '../model/dimension';
import { compareText } from '../model/text-order';
import { csvRow, csvText } from '../model/csv-cell';
import { EVENT_COLUMNS, FIRST_VIDEO_KIND, eventOfKind } from '../model/event';
import { CsvFile } from './csv-file';

interface CombinationCells {
	readonly kind: number;
	/** From content_type to format, joined. */
	readonly dimensions: string;
}

/** Events as an event file: importing it again gives the same figures, and the same export. */
export class EventsCsv {
	readonly #catalogue: Catalogue;
	readonly #userIds: TextBlocks;
	readonly #segments: readonly Segment[];
	readonly #file = new CsvFile();
	readonly #own: readonly (readonly [name: string, values: readonly string[]])[];
	/** Per segment the cells of its tuples, as far as they were met. */
	readonly #tuples: string[][] = [];
	/** The cells of a Pin's attributes, which stand on each of its rows. */
	readonly #attributes = new Map<number, string>();
	/** Per segment, the cells of its combinations. */
	readonly #combinations: readonly (readonly CombinationCells[])[];

	/**
	 * @param userIds the ids of people, by their numbers
	 * @param own columns of one's own, with their values by number
	 */
	constructor(
		catalogue: Catalogue,
		userIds: TextBlocks,
		own: ReadonlyMap<string, readonly string[]>,
		segments: readonly Segment[]
	) {
		this.#own = [...own].sort(([a], [b]) => compareText(a, b));
		this.#userIds = userIds;
		this.#catalogue = catalogue;
		this.#segments = segments;
		this.#combinations = segments.map(({ codes }) =>
			Array.from(codes, (code) => this.#combinationCells(code))
		);
		this.#file.write(csvRow([...EVENT_COLUMNS, ...this.#own.map(([name]) => csvText(ownDimension(name)))]));
	}

	/** Writes rows rows[i] of segments segmentOf[i], i < length. */
	write(selection: { segmentOf: Uint32Array; rows: Uint32Array; length: number }): void {
		for (let i = 0; i < selection.length; i++) {
			this.#file.write(this.#row(selection.segmentOf[i] as number, selection.rows[i] as number));
		}
	}

	finish(): Blob {
		return this.#file.finish();
	}

	#row(s: number, row: number): string {
		const segment = this.#segments[s]!;
		const { kind, dimensions } = this.#combinations[s]![segment.combinations[row] as number]!;
		const pin = segment.pins[row] as number;
		const user = segment.users[row] as number;
		return csvRow([
			new Date(segment.firstMs + (segment.times[row] as number)).toISOString(),
			eventOfKind(kind),
			csvText(this.#catalogue.pinId(pin)),
			user === 0 ? '' : csvText(this.#userIds.text(user - 1)),
			dimensions,
			segment.counts === null ? '1' : String(segment.counts[row]),
			kind < FIRST_VIDEO_KIND ? '0,0,0' : videoCells(segment, row),
			this.#attributeCells(pin),
			...this.#ownCells(s, row)
		]);
	}

	#combinationCells(code: number): CombinationCells {
		const dimensions = (['content_type', 'source', 'device', 'account', 'format'] as const).map((dimension) =>
			csvText(valueName(dimension, valueOf(code, dimension), this.#catalogue.accounts))
		);
		return { kind: kindOf(code), dimensions: dimensions.join(',') };
	}

	/** The cells of columns of one's own, as one. */
	#ownCells(s: number, row: number): string[] {
		if (this.#own.length === 0) return [];
		const segment = this.#segments[s]!;
		const tuple = segment.own ? (segment.own.rows[row] as number) : 0;
		const known = (this.#tuples[s] ??= []);
		known[tuple] ??= this.#own
			.map(([name, values]) => csvText(values[valuesOfTuples(segment, name)?.(tuple) ?? 0] ?? ''))
			.join(',');
		return [known[tuple]];
	}

	#attributeCells(pin: number): string {
		let cells = this.#attributes.get(pin);
		if (cells === undefined) {
			const { title, board, link, imageUrl, createdAt } = this.#catalogue.pin(pin);
			cells = [title, board, link, imageUrl, createdAt].map(csvText).join(',');
			this.#attributes.set(pin, cells);
		}
		return cells;
	}
}

/** The three cells of a row that is a video play. */
function videoCells({ video }: Segment, row: number): string {
	const index = videoFrom(video, row);
	return [
		decimal(video.watchMs[index] as number, 3),
		decimal(video.viewHundredths[index] as number, 2),
		decimal(video.playedHundredths[index] as number, 2)
	].join(',');
}

/** A whole number of 10^-`scale` parts as a decimal number, digit by digit: 12,400 thousandths are 12.4. */
export function decimal(parts: number, scale: number): string {
	const unit = 10 ** scale;
	const fraction = parts % unit;
	const whole = String((parts - fraction) / unit);
	return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(scale, '0').replace(/0+$/, '')}`;
}
