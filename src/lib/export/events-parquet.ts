import type { RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { Catalogue } from '../columns/catalogue';
import { kindOf, valueOf } from '../columns/combination';
import { valuesOfTuples } from '../columns/own-columns';
import { videoFrom, type Segment } from '../columns/segment';
import type { TextBlocks } from '../columns/text-blocks';
import { ATTRIBUTES, FIRST_VIDEO_KIND, NATIVE_DIMENSIONS, type EventColumn } from '../model/event';
import { compareText } from '../model/text-order';
import { writeChunk } from './parquet-chunk';
import { ELEMENTS, EventColumns, GROUP_ROWS, ownElement } from './parquet-event-columns';
import { TextColumn } from './parquet-text-column';
import { PinTexts, TextPool } from './text-pool';

/** Events as a Parquet file, row group by row group: what is held is one group and what is known of those before. */

/** A group ends earlier where its texts take more than this. */
const MAX_GROUP_TEXT_BYTES = 64 << 20;

/** Takes the bytes of a file one stretch after the other. They are its own to keep. */
export type ByteSink = (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>;

/** Rows in the order in which they are to be written: row rows[i] of segment segmentOf[i]. */
export interface RowSelection {
	readonly segmentOf: Uint32Array;
	readonly rows: Uint32Array;
	readonly length: number;
}

const MAGIC = 0x31524150; // PAR1

/** Per combination of a segment its kind, and its value of each dimension. */
interface CombinationTables {
	readonly kinds: Uint32Array;
	readonly values: readonly Uint32Array[];
}

export class EventsParquet {
	readonly #sink: ByteSink;
	readonly #writer = new ByteWriter(1 << 22);
	readonly #groups: RowGroup[] = [];
	readonly #columns: EventColumns;
	readonly #pins: PinTexts;
	readonly #own: readonly { readonly name: string; readonly column: TextColumn }[];
	readonly #elements: readonly SchemaElement[];
	/** Of the segment whose rows come, the values of its tuples in each own column. */
	#ownValues: readonly (((tuple: number) => number) | null)[] = [];
	readonly #tables = new WeakMap<Segment, CombinationTables>();
	/** The segment whose rows come, and its tables. */
	#segment: Segment | null = null;
	#kinds: Uint32Array = new Uint32Array(0);
	#values: readonly Uint32Array[] = [];
	#rows = 0;
	#rowsBefore = 0;

	/**
	 * @param userIds the ids of people, by their numbers
	 * @param own columns of one's own, with their values by number
	 */
	constructor(
		catalogue: Catalogue,
		userIds: TextBlocks,
		own: ReadonlyMap<string, readonly string[]>,
		sink: ByteSink
	) {
		this.#own = [...own]
			.sort(([a], [b]) => compareText(a, b))
			.map(([name, values]) => ({
				name,
				column: new TextColumn(new TextPool(values.slice(1)), GROUP_ROWS, true)
			}));
		this.#elements = [...ELEMENTS, ...this.#own.map(({ name }) => ownElement(name))];
		this.#sink = sink;
		this.#pins = new PinTexts(catalogue);
		this.#columns = new EventColumns(catalogue, userIds, this.#pins);
		this.#writer.appendUint32(MAGIC);
	}

	/** Writes rows of segments. */
	async write(segments: readonly Segment[], { segmentOf, rows, length }: RowSelection): Promise<void> {
		for (let i = 0; i < length; i++) {
			this.#add(segments[segmentOf[i] as number]!, rows[i] as number);
			if (++this.#rows === GROUP_ROWS || this.#textBytes() > MAX_GROUP_TEXT_BYTES) await this.#endGroup();
		}
	}

	/** Writes what is left, and the file's end. */
	async finish(): Promise<void> {
		if (this.#rows > 0) await this.#endGroup();
		writeMetadata(this.#writer, {
			version: 2,
			created_by: 'tackboard',
			schema: [{ name: 'events', num_children: this.#elements.length }, ...this.#elements],
			num_rows: BigInt(this.#rowsBefore),
			row_groups: this.#groups,
			metadata_length: 0
		});
		this.#writer.appendUint32(MAGIC);
		await this.#flush();
	}

	#add(segment: Segment, row: number): void {
		if (segment !== this.#segment) this.#look(segment);
		const columns = this.#columns;
		const { dimensions } = columns;
		const combination = segment.combinations[row] as number;
		const kind = this.#kinds[combination] as number;
		const pin = segment.pins[row] as number;
		const user = segment.users[row] as number;
		columns.timestamp.add(segment.firstMs + (segment.times[row] as number));
		columns.event.add(Math.min(kind, FIRST_VIDEO_KIND));
		columns.pin_id.add(pin);
		if (user === 0) columns.user_id.addNone();
		else columns.user_id.add(user - 1);
		for (let d = 0; d < dimensions.length; d++) {
			dimensions[d]!.add(this.#values[d]![combination] as number);
		}
		columns.count.add(segment.counts === null ? 1 : (segment.counts[row] as number));
		if (kind < FIRST_VIDEO_KIND) {
			columns.watch_seconds.add(0);
			columns.view_percent.add(0);
			columns.played_percent.add(0);
		} else {
			const { video } = segment;
			const play = videoFrom(video, row);
			columns.watch_seconds.add(video.watchMs[play] as number);
			columns.view_percent.add(video.viewHundredths[play] as number);
			columns.played_percent.add(video.playedHundredths[play] as number);
		}
		for (let a = 0; a < ATTRIBUTES.length; a++) {
			const text = this.#pins.attribute(a, pin);
			if (text < 0) columns.attributes[a]!.addNone();
			else columns.attributes[a]!.add(text);
		}
		if (this.#own.length > 0) this.#addOwn(segment, row);
	}

	#addOwn({ own }: Segment, row: number): void {
		const tuple = own ? (own.rows[row] as number) : 0;
		for (let c = 0; c < this.#own.length; c++) {
			const value = this.#ownValues[c]?.(tuple) ?? 0;
			if (value === 0) this.#own[c]!.column.addNone();
			else this.#own[c]!.column.add(value - 1);
		}
	}

	/** Takes a segment as the one whose rows come; rows of several may alternate. */
	#look(segment: Segment): void {
		let tables = this.#tables.get(segment);
		if (!tables) {
			const { codes } = segment;
			const values = NATIVE_DIMENSIONS.map((dimension) => codes.map((code) => valueOf(code, dimension)));
			this.#tables.set(segment, (tables = { kinds: codes.map((code) => kindOf(code)), values }));
		}
		this.#segment = segment;
		this.#ownValues = this.#own.map(({ name }) => valuesOfTuples(segment, name));
		this.#kinds = tables.kinds;
		this.#values = tables.values;
	}

	#textBytes(): number {
		const { pin_id, user_id, attributes } = this.#columns;
		let bytes = pin_id.byteLength + user_id.byteLength;
		for (let a = 0; a < attributes.length; a++) bytes += attributes[a]!.byteLength;
		return bytes;
	}

	async #endGroup(): Promise<void> {
		const start = this.#writer.offset;
		const native = ELEMENTS.map((element) =>
			writeChunk(this.#writer, element, this.#columns.finish(element.name as EventColumn))
		);
		const own = this.#own.map(({ name, column }) =>
			writeChunk(this.#writer, ownElement(name), column.finish())
		);
		const columns = [...native, ...own];
		const unpacked = columns.reduce((sum, { meta_data }) => sum + meta_data!.total_uncompressed_size, 0n);
		this.#groups.push({
			columns,
			total_byte_size: unpacked,
			num_rows: BigInt(this.#rows),
			sorting_columns: [{ column_idx: 0, descending: false, nulls_first: false }],
			file_offset: BigInt(start),
			total_compressed_size: BigInt(this.#writer.offset - start)
		});
		this.#rowsBefore += this.#rows;
		this.#rows = 0;
		await this.#flush();
	}

	/** Passes on what is written; offsets go on counting. */
	async #flush(): Promise<void> {
		const bytes = this.#writer.getBytes().slice();
		this.#writer.index = 0;
		await this.#sink(bytes);
	}
}
