import { LabelIndex } from '../../src/lib/columns/label-index';
import { answerByLabel, isByLabel } from '../../src/lib/engine/label-split';
import type { Label } from '../../src/lib/model/own-words';
import { Catalogue } from '../../src/lib/columns/catalogue';
import { Dictionary } from '../../src/lib/columns/dictionary';
import type { PinClaims } from '../../src/lib/columns/pin-claims';
import type { RejectedBlock } from '../../src/lib/columns/rejected-block';
import { TextBlocks } from '../../src/lib/columns/text-blocks';
import {
	PeriodSumsBuilder,
	dayBorders,
	sumsTogether,
	type PeriodSums
} from '../../src/lib/columns/period-sums';
import { headOf, type Segment } from '../../src/lib/columns/segment';
import { RangeIndexes } from '../../src/lib/worker/data/range-indexes';
import { buildRangeIndex } from '../../src/lib/engine/build-range-index';
import { dayAt } from '../../src/lib/model/calendar';
import { answerOwnShares, answerQuery } from '../../src/lib/engine/answer';
import type { ListData } from '../../src/lib/engine/lists';
import type { Pace } from '../../src/lib/engine/pace';
import { planQuery, type Plan, type SegmentRef } from '../../src/lib/engine/plan';
import { scannerHere } from '../../src/lib/engine/scanner';
import { rejectedCsv } from '../../src/lib/export/rejected-csv';
import type { ByteSource } from '../../src/lib/import/byte-source';
import type { EventFileResult } from '../../src/lib/import/event-file';
import type { Vocabulary } from '../../src/lib/import/part';
import { exportCsv } from '../../src/lib/worker/data/csv-exports';
import type { ExportData, ExportRange } from '../../src/lib/worker/data/export-range';
import { ownDimension } from '../../src/lib/model/dimension';
import type { EventAnswer } from '../../src/lib/model/event-answer';
import type { ExportKind, Filter, Grain, Query } from '../../src/lib/model/query';
import { importEventFile, partReader } from './part-reader';

/** What is stored, for answers and for lists. */
export type MemoryData = ExportData & { readonly lists: ListData };

interface Batch {
	readonly id: number;
	readonly segments: readonly Segment[];
	readonly own: readonly string[];
	readonly claims: readonly PinClaims[];
}

/**
 * A workspace without storage: import and engine joined in memory, so that what lies between a file's bytes and an
 * answer can be tested, and timed, in plain Node.
 */
export class MemoryWorkspace {
	readonly #dictionaries = new Map<Vocabulary, Dictionary>();
	readonly #batches: Batch[] = [];
	readonly #indexes = new RangeIndexes();
	#lastId = 0;
	#catalogue: Catalogue | null = null;
	/** Among how many scanners a query is shared out. */
	scannerCount = 1;
	/** Zones whose sums by day are kept. */
	zonesKept: readonly string[] = ['UTC', 'Europe/Stockholm'];
	labels: readonly Label[] = [];
	/** The rejected rows of the file imported last, as they are downloaded. */
	rejectedCsv = '';

	/**
	 * @param parallel how many parts a large file is read in
	 * @param keep headers of columns to keep as columns of one's own
	 */
	async import(
		bytes: Uint8Array | ByteSource,
		parallel = 1,
		keep: readonly string[] = []
	): Promise<EventFileResult & { batchId: number }> {
		const id = ++this.#lastId;
		const parts: { segments: Segment[]; rejected: RejectedBlock[] }[] = [];
		const before = new Map(this.#openLists().map((list) => [list, this.#names(list)])); // known before
		const accounts = before.get('account')!;
		const source = bytes instanceof Uint8Array ? bufferSource(bytes) : bytes;
		const reader = partReader({
			parallel,
			accounts,
			sinkOf: (part) => {
				const { segments, rejected } = (parts[part] = {
					segments: [] as Segment[],
					rejected: [] as RejectedBlock[]
				});
				return {
					intern: async (vocabulary, texts) => this.#dictionary(vocabulary).internBlock(texts),
					writeSegments: async (written) => void segments.push(...written),
					writeRejected: async (rows) => void rejected.push(rows)
				};
			},
			discardFrom: async (part) => {
				parts.splice(part);
				if (part === 0) this.#keepOnly(before);
			},
			openLists: () => this.#openLists().map((list) => this.#dictionary(list).size),
			own: {
				columns: [...this.#ownColumns()].map(([name, values]) => ({ name, values: values.slice(1) })),
				wanted: keep
			}
		});
		const result = await importEventFile(new AbortController().signal, source, reader, () => {});
		const blocks = parts.flatMap(({ rejected }, part) =>
			rejected.map((rows) => ({ rows, firstLine: result.parts[part]!.firstLine }))
		);
		this.rejectedCsv = await rejectedCsv(result.columns, blocks).text();
		const segments = parts.flatMap((part) => part.segments);
		this.#indexes.clear();
		this.#batches.push({ id, segments, own: result.own, claims: result.parts.map(({ claims }) => claims) });
		this.#catalogue = null;
		return { ...result, batchId: id };
	}

	/** As ImportSession does: an open list may only have so many values, so those of discarded rows must not be there. */
	#keepOnly(names: ReadonlyMap<Vocabulary, readonly string[]>): void {
		for (const list of this.#openLists()) {
			const dictionary = new Dictionary();
			for (const name of names.get(list) ?? []) dictionary.internText(name);
			this.#dictionaries.set(list, dictionary);
		}
	}

	#dictionary(vocabulary: Vocabulary): Dictionary {
		const known = this.#dictionaries.get(vocabulary) ?? new Dictionary();
		this.#dictionaries.set(vocabulary, known);
		return known;
	}

	#names(vocabulary: Vocabulary): string[] {
		const dictionary = this.#dictionary(vocabulary);
		return Array.from({ length: dictionary.size }, (_, i) => dictionary.text(i));
	}

	#openLists(): Vocabulary[] {
		const own = [...this.#dictionaries.keys()].filter((vocabulary) => vocabulary.startsWith('own.'));
		return ['account', ...own];
	}

	#ownColumns(): ReadonlyMap<string, readonly string[]> {
		const names = [...new Set(this.#batches.flatMap(({ own }) => own))].sort();
		return new Map(names.map((name) => [name, ['', ...this.#names(ownDimension(name))]]));
	}

	undo(batchId: number): void {
		const index = this.#batches.findIndex(({ id }) => id === batchId);
		this.#batches.splice(index, 1);
		this.#indexes.clear();
		this.#catalogue = null;
	}

	get segments(): readonly Segment[] {
		return this.#batches.flatMap(({ segments }) => segments);
	}

	catalogue(): Catalogue {
		const [pin, account, user] = (['pin', 'account', 'user'] as const).map((list) => this.#dictionary(list));
		this.#catalogue ??= new Catalogue(
			[pin!.blockFrom(0)],
			[account!.blockFrom(0)],
			user!.size,
			this.#batches.flatMap(({ claims }) => claims)
		);
		return this.#catalogue;
	}

	/** The plan of a query, and what it reads. */
	prepare(filter: Filter, grain: Grain, pace: Pace = () => {}): { plan: Plan; data: MemoryData } {
		const heads = this.#batches.map(({ id, segments }) => ({
			id,
			segments: segments.map((segment, seq) => ({ seq, ...headOf(segment) }))
		}));
		const plan = planQuery(filter, grain, heads);
		const byId = new Map(this.#batches.map(({ id, segments }) => [id, segments]));
		const read = (refs: readonly SegmentRef[]) => refs.map(({ batchId, seq }) => byId.get(batchId)![seq]!);
		const scanners = Array.from({ length: this.scannerCount }, () =>
			scannerHere(pace, async (_, refs) => read(refs))
		);
		const segments = read(plan.segments);
		const catalogue = this.catalogue();
		const data = {
			accounts: catalogue.accounts,
			own: this.#ownColumns(),
			catalogue: async () => catalogue,
			daySums: async (tz: string) => this.#daySums(tz),
			rangeIndex: (query: Query) => this.#indexes.of(query),
			scanners,
			labels: async () => new LabelIndex(this.labels, catalogue),
			damaged: [],
			lists: { catalogue, segments },
			readSegments: async () => segments,
			readUserIds: async () => new TextBlocks([this.#dictionary('user').blockFrom(0)])
		};
		return { plan, data };
	}

	/** As they would be kept: zones without any have their rows counted. */
	#daySums(tz: string): PeriodSums | null {
		if (!this.zonesKept.includes(tz)) return null;
		const batches = this.#batches.map(({ segments }) => {
			const builder = new PeriodSumsBuilder();
			for (const segment of segments) builder.addSegment(segment, dayBorders(segment, tz));
			return builder.finish();
		});
		return sumsTogether(batches);
	}

	async answer(query: Query): Promise<EventAnswer> {
		const { plan, data } = this.prepare(query.filter, query.grain);
		const answering = isByLabel(query) ? answerByLabel : answerQuery;
		const { answer } = await answering(query, plan, data);
		const own = await answerOwnShares(query, plan, data);
		return { ...answer, shares: { ...answer.shares, ...own } };
	}

	/** From now on the people of a query, and of the same one over other days, follow from an index, if it can have one. */
	async keepRangeIndex(query: Query, mostPeopleAndSlots?: number): Promise<boolean> {
		const first = Math.min(...this.segments.map(({ firstMs }) => firstMs));
		const last = Math.max(...this.segments.map(({ lastMs }) => lastMs));
		const { tz } = query.filter;
		const filter = { ...query.filter, from: dayAt(first, tz), to: dayAt(last, tz) };
		const { plan, data } = this.prepare(filter, 'day');
		await this.#indexes.keep(query, () =>
			buildRangeIndex({ ...query, filter }, plan, data, mostPeopleAndSlots)
		);
		return this.#indexes.of(query) !== null;
	}

	/** A question of an export, and what answers it. */
	exportRange(query: Query): ExportRange {
		return { query, ...this.prepare(query.filter, 'day') };
	}

	/** The bytes of an export, byte order mark included; none where there is nothing to export. */
	async exportCsv(kind: ExportKind, query: Query, compared: Query | null = null): Promise<Uint8Array> {
		const blob = await exportCsv(
			() => {},
			() => {},
			kind,
			this.exportRange(query),
			compared && this.exportRange(compared)
		);
		return new Uint8Array((await blob?.arrayBuffer()) ?? []);
	}
}

/** What a workspace answers that was given just these files. */
export async function answerInMemory(query: Query, ...files: Uint8Array[]): Promise<EventAnswer> {
	const workspace = new MemoryWorkspace();
	for (const bytes of files) await workspace.import(bytes);
	return workspace.answer(query);
}

/** Bytes as a file has them. */
export function bufferSource(bytes: Uint8Array): ByteSource {
	return { byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
}

/** Text as the bytes of a file. */
export function utf8(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** A filter that lets everything pass from 1990 to 2099. */
export function openFilter(
	changes: Partial<Omit<Filter, 'values'>> & { values?: Partial<Filter['values']> } = {}
): Filter {
	return {
		tz: 'UTC',
		from: '1990-01-01',
		to: '2099-12-31',
		...changes,
		values: { content_type: [], source: [], device: [], account: [], format: [], ...changes.values }
	};
}

/** A query for everything, by month. */
export function openQuery(changes: Partial<Query> = {}): Query {
	return {
		filter: openFilter(),
		subject: null,
		grain: 'month',
		split: null,
		splitLimit: 6,
		sort: 'impressions',
		withVideo: false,
		top: 50,
		...changes
	};
}
