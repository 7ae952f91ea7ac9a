import * as v from 'valibot';
import type { ReportContents } from '../../columns/report-contents';
import type { Day } from '../../model/calendar';
import type { InsightsSection } from '../../model/insights';
import { ProblemError } from '../../model/problem';
import { parseJson } from '../tables/parse-json';
import { FactCollector, type RowFault } from '../reported/fact-collector';
import { audienceNamed, sectionNamed } from './insights-names';
import { readAffinity, readInsightsDay, readShare, readSize, type ShareStyle } from './insights-numbers';
import { InsightsRows } from './insights-rows';

/** How deep answers may stand in lists and under keys. */
const MAX_DEPTH = 4;

/** Numbers of JSON. */
const STYLE: ShareStyle = { decimal: '.', isPercent: false };

const numberSchema = v.optional(v.nullable(v.union([v.number(), v.string()])));
const textSchema = v.optional(v.nullable(v.string()));
const answerSchema = v.object({
	type: textSchema,
	audienceinsighttype: textSchema,
	date: textSchema,
	size: numberSchema,
	sizeisupperbound: v.optional(v.nullable(v.boolean())),
	categories: v.optional(v.nullable(v.array(v.unknown()))),
	demographics: v.optional(v.nullable(v.record(v.string(), v.unknown())))
});
type Answer = v.InferOutput<typeof answerSchema>;

const entrySchema = v.object({
	name: textSchema,
	key: v.optional(v.nullable(v.union([v.number(), v.string()]))),
	ratio: numberSchema,
	index: numberSchema,
	subcategories: v.optional(v.nullable(v.array(v.unknown())))
});
type Entry = v.InferOutput<typeof entrySchema>;

/**
 * Reads Audience insights as the API answers: one answer, or several in a list or under keys. A row is an entry: a
 * category, an interest, a value of another section; its line is its place among the entries.
 * @param day where an answer has no date
 * @throws ProblemError unknown_audience, insights_day, empty_insights; damaged_json
 */
export function readInsightsAnswer(text: string, day: Day | null): ReportContents {
	const reader = new AnswerReader(day);
	for (const answer of answersIn(plainKeys(parseJson(text)))) reader.read(answer);
	const contents = reader.collector.result();
	if (contents.insights.length === 0 && contents.rejected === 0)
		throw new ProblemError({ code: 'empty_insights' });
	return contents;
}

/** A value with its keys in lower case and without `_`: some tools save answers in camelCase. */
function plainKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plainKeys);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [key.toLowerCase().replaceAll('_', ''), plainKeys(item)])
	);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function answersIn(value: unknown, depth = 0): Answer[] {
	if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
	if (isRecord(value) && ('categories' in value || 'demographics' in value)) {
		const answer = v.safeParse(answerSchema, value);
		return answer.success ? [answer.output] : [];
	}
	return Object.values(value).flatMap((item) => answersIn(item, depth + 1));
}

class AnswerReader {
	readonly collector = new FactCollector();
	readonly #day: Day | null;
	#row = 0;
	#rows = new InsightsRows();

	constructor(day: Day | null) {
		this.#day = day;
	}

	read(answer: Answer): void {
		const name = answer.type ?? answer.audienceinsighttype ?? '';
		const audience = audienceNamed(name);
		if (audience === null) throw new ProblemError({ code: 'unknown_audience', audience: name });
		const date = answer.date ?? '';
		const day = date === '' ? this.#day : readInsightsDay(date);
		if (day === null) throw new ProblemError({ code: 'insights_day', day: date });
		const sizeText = String(answer.size ?? '');
		const { size, isUpTo } = readSize(sizeText);
		if (size === null) this.collector.leaveOut(sizeText);

		this.#rows = new InsightsRows();
		for (const item of answer.categories ?? []) {
			const category = this.#take(item, 'interest', '');
			for (const below of category?.subcategories ?? []) this.#take(below, 'interest', nameOf(category));
		}
		for (const [key, items] of Object.entries(answer.demographics ?? {})) {
			const section = sectionNamed(key);
			if (section === null || !Array.isArray(items)) this.collector.leaveOut(key);
			else for (const item of items) this.#take(item, section, '');
		}
		const { rows } = this.#rows;
		const isBound = size !== null && (isUpTo || answer.sizeisupperbound === true);
		if (rows.length > 0) this.collector.insights.push({ audience, day, size, isUpTo: isBound, rows });
	}

	/** Takes an entry as a row. Returns it, for the entries below it; null where it is none. */
	#take(item: unknown, section: InsightsSection, category: string): Entry | null {
		const row = ++this.#row;
		const entry = v.safeParse(entrySchema, item);
		const reject = (fault: RowFault) =>
			this.collector.reject(row, fault, [fault.column ?? '', fault.value], ['column', 'value']);
		if (!entry.success) {
			const column = entry.issues[0].path?.[0]?.key;
			const isObject = isRecord(item);
			const reason = isObject ? 'not_a_single_value' : 'not_an_object';
			reject({
				column: typeof column === 'string' ? column : null,
				reason,
				value: isObject ? '' : String(item)
			});
			return null;
		}
		const name = nameOf(entry.output);
		const { ratio, index } = entry.output;
		const share = readShare(String(ratio ?? ''), STYLE);
		const affinity = section === 'interest' ? readAffinity(String(index ?? ''), STYLE) : null;
		if (typeof share === 'string') reject({ column: 'ratio', reason: share, value: String(ratio) });
		else if (typeof affinity === 'string')
			reject({ column: 'index', reason: affinity, value: String(index) });
		else if (share === null) this.collector.accept();
		else if (name === '') reject({ column: 'name', reason: 'missing_value', value: '' });
		else if (this.#rows.add([{ section, name, category, share, affinity }]) !== null)
			reject({ column: 'name', reason: 'unknown_value', value: name });
		else this.collector.accept();
		return entry.output;
	}
}

function nameOf(entry: Entry | null): string {
	return (entry?.name ?? String(entry?.key ?? '')).trim();
}
