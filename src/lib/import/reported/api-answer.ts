import * as v from 'valibot';
import type { RejectReason } from '../../model/problem';
import { ProblemError } from '../../model/problem';
import type { Fact } from '../../model/reported';
import { readFigure } from './cells';
import type { FactCollector, RowFault } from './fact-collector';
import { metricNamed } from './metric-names';

/** What the answers of the platform's API have in common, written in snake_case or in camelCase. */

/** Only these are figures; others (`PROCESSING`, several `BEFORE_…`) say that there is none yet. */
const FIGURE_STATUS = new Set(['ready', 'estimate']);

const statusSchema = v.union([v.string(), v.record(v.string(), v.string())]);
const metricsSchema = v.record(v.string(), v.nullable(v.union([v.number(), v.string()])));

/** The figures of a day or a Pin. */
export const measuredSchema = v.object({
	metrics: v.optional(v.nullable(metricsSchema), {}),
	datastatus: v.optional(v.nullable(statusSchema))
});
export type Measured = v.InferOutput<typeof measuredSchema>;

/**
 * An answer with its keys in lower case and without `_`, and whole numbers too long for a double as texts.
 * @throws ProblemError damaged_json
 */
export function parseAnswer(text: string): unknown {
	// Numbers in quotes are met first and stay; what remains of 16 digits and more is an id.
	const exact = text
		.replace(/^\uFEFF/, '')
		.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
			token.startsWith('"') ? token : `"${token}"`
		);
	try {
		return plainKeys(JSON.parse(exact));
	} catch {
		throw new ProblemError({ code: 'damaged_json' });
	}
}

function plainKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plainKeys);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [key.toLowerCase().replaceAll('_', ''), plainKeys(item)])
	);
}

/** Whether a value is an object that can be looked into by key. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes the figures of a day or Pin that are ready or estimated; the row as a whole is kept or rejected. */
export function takeMeasured(
	collector: FactCollector,
	row: number,
	measured: Measured,
	about: Omit<Fact, 'metric' | 'value' | 'isEstimate'>
): void {
	const facts: Fact[] = [];
	for (const [name, given] of Object.entries(measured.metrics ?? {})) {
		const named = metricNamed(name);
		const status = statusOf(measured, name);
		if (!named) collector.leaveOut(name);
		if (!named || given === null || !FIGURE_STATUS.has(status)) continue;
		const value = readFigure(String(given), named);
		if (typeof value !== 'number') {
			return rejectRow(collector, row, { column: name, reason: value, value: String(given) });
		}
		facts.push({ ...about, metric: named.metric, value, isEstimate: status === 'estimate' });
	}
	collector.accept(facts);
}

/** Keeps a row of an answer out. */
export function rejectRow(
	collector: FactCollector,
	row: number,
	fault: RowFault | { readonly reason: RejectReason; readonly column: string }
): void {
	const { column, reason } = fault;
	const value = 'value' in fault ? fault.value : '';
	collector.reject(row, { column, reason, value }, [column ?? '', value], ['column', 'value']);
}

function statusOf({ datastatus }: Measured, metric: string): string {
	const status = typeof datastatus === 'object' && datastatus !== null ? datastatus[metric] : datastatus;
	return (status ?? 'ready').toLowerCase();
}
