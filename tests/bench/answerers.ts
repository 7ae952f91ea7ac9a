import type { BrowserContext } from 'playwright';
import type { Query } from '../../src/lib/model/query';
import { differenceOf, type Answered, type AnsweredFigures, type PlainAnswer } from './answer';
import { openBenchPage, openEnginePage } from './app';
import { NativeDuckDb } from './duckdb-native';
import type { EventFile } from './event-file';
import { OURS } from './measures';
import type { Bench } from './scenario';

/** Ours and its peers, each with the events of a file loaded. */

const NATIVE_THREADS = 2;
/** Something with the events loaded, which answers. */
export interface Answerer {
	readonly side: string;
	query(query: Query): Promise<Answered>;
	/** The part of an answer that it can give. */
	readonly part: (answer: PlainAnswer) => PlainAnswer;
	readonly close: () => Promise<void> | void;
}

/** The part of an answer of who can give all. */
const whole = (answer: PlainAnswer) => answer;

/** Answers tiles and series as well, without lists. */
export interface FiguresAnswerer extends Answerer {
	figures(query: Query): Promise<AnsweredFigures>;
}

export async function openEngine(context: BrowserContext, { site }: Bench): Promise<FiguresAnswerer> {
	const page = await openEnginePage(context, site);
	return {
		side: OURS,
		query: (query) => page.evaluate((asked) => window.bench.engine.query(asked), query),
		figures: (query) => page.evaluate((asked) => window.bench.engine.figures(asked), query),
		part: whole,
		close: () => page.close()
	};
}

export async function openDuckDbWasm(
	context: BrowserContext,
	{ site, files }: Bench,
	file: EventFile
): Promise<FiguresAnswerer> {
	const page = await openBenchPage(context, site);
	await page.locator('input').setInputFiles(file.path);
	await page.evaluate(() => window.bench.duckdb.open());
	await page.evaluate(() => window.bench.duckdb.load());
	const pinsUrl = await site.share('pins.csv', await files.pinsOf(file));
	await page.evaluate((url) => window.bench.duckdb.loadPins(url), pinsUrl);
	return {
		side: 'duckdb-wasm',
		query: (query) => page.evaluate((asked) => window.bench.duckdb.query(asked), query),
		figures: (query) => page.evaluate((asked) => window.bench.duckdb.figures(asked), query),
		part: whole,
		close: () => page.close()
	};
}

export async function openDuckDbNative({ files }: Bench, file: EventFile): Promise<FiguresAnswerer> {
	const db = await NativeDuckDb.open(NATIVE_THREADS);
	await db.load(file.path);
	await db.loadPins(await files.pinsOf(file));
	return {
		side: `duckdb native, ${NATIVE_THREADS} threads`,
		query: (query) => db.refresh(query),
		figures: (query) => db.figures(query),
		part: whole,
		close: () => db.close()
	};
}

/** Throws where an answer is not ours. */
export function assertSame(query: Query, side: string, ours: unknown, theirs: unknown): void {
	const difference = differenceOf(ours, theirs);
	if (difference === null) return;
	const { from, to, values } = query.filter;
	throw new Error(`${side} answers otherwise for ${from} to ${to} ${JSON.stringify(values)}: ${difference}`);
}
