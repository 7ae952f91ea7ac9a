import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostEngine } from '../../../src/lib/clickhouse/engine';
import type { Dimension } from '../../../src/lib/model/dimension';
import { CLOSED_VALUES, NATIVE_DIMENSIONS } from '../../../src/lib/model/event';
import { TOP_METRICS } from '../../../src/lib/model/metric';
import { GRAINS, type Query, type Subject } from '../../../src/lib/model/query';
import { openFilter, openQuery } from '../../support/memory-workspace';

/** The statements that questions become, as they leave the page. */

const HOST = { url: 'http://host.test/', database: 'tackboard', table: 'events', pins: null };
/** Poco, which reads addresses in old releases, stops at 16,384. */
const LONGEST_ADDRESS = 16_000;

interface Sent {
	readonly address: string;
	readonly statement: string;
	readonly values: Readonly<Record<string, string>>;
}

/** An engine whose host has no events, and what it was sent. */
function listening(): { engine: HostEngine; sent: Sent[] } {
	const sent: Sent[] = [];
	const engine = new HostEngine(HOST, {
		fetch: async (input, init) => {
			const address = String(input);
			const { body } = init as { body: string | FormData };
			const values: Record<string, string> = {};
			if (body instanceof FormData)
				for (const [name, file] of body) values[name] = await (file as unknown as Blob).text();
			const statement = typeof body === 'string' ? body : (new URL(address).searchParams.get('query') ?? '');
			sent.push({ address, statement, values });
			// One row of nothing for whoever counts.
			const data = /^SELECT (count\(\)|uniqExact)/.test(statement) ? [['0', '0', '0']] : [];
			return new Response(JSON.stringify({ data }));
		}
	});
	return { engine, sent };
}

const { signal } = new AbortController();
const DAYS = { from: '2024-01-01', to: '2024-12-31' };

async function askAll(engine: HostEngine, query: Query, words: string): Promise<void> {
	await engine.query(signal, query);
	await engine.hours(signal, query);
	await engine.pins(signal, { query, compared: null, words, first: 0, count: 100 });
	await engine.pins(signal, { query, compared: null, words: '', first: 100, count: 100 });
	await engine.daily(signal, query);
	await engine.allPins(signal, query);
	await engine.allBoards(signal, query);
	await engine.attributes(signal, query);
	for await (const piece of engine.events(signal, query))
		expect.fail(`no event is there: ${piece.events.length}`);
	await askAbout(engine, { kind: 'pin', name: words });
	await askAbout(engine, { kind: 'board', name: words });
}

function askAbout(engine: HostEngine, subject: Subject): Promise<void> {
	const query = openQuery({ subject });
	return engine.ask(signal, { query, compared: null, asks: ['about'] }, () => {});
}

/** Texts that can be found again wherever they turn up, with all that ends a literal around them. */
const MARK = 'MARKED';
const valueArbitrary = fc
	.tuple(fc.string(), fc.constantFrom(`'`, `"`, '`', '\\', `\\'`, `'; DROP TABLE x; --`, '\n', '{a:String}'))
	.map(([text, end]) => `${text}${MARK}${end}`);

const queryArbitrary = fc
	.record({
		account: fc.array(valueArbitrary, { maxLength: 3 }),
		// Values that no list has, as an address could hold them.
		device: fc.array(fc.oneof(valueArbitrary, fc.constantFrom(...CLOSED_VALUES.device)), { maxLength: 3 }),
		subject: fc.option(
			fc.record({ kind: fc.constantFrom('pin' as const, 'board' as const), name: valueArbitrary })
		),
		split: fc.constantFrom<(Dimension | null)[]>(null, ...NATIVE_DIMENSIONS),
		grain: fc.constantFrom(...GRAINS),
		sort: fc.constantFrom(...TOP_METRICS),
		tz: fc.constantFrom('UTC', 'America/Argentina/ComodRivadavia')
	})
	.map(({ account, device, subject, split, grain, sort, tz }) =>
		openQuery({
			filter: openFilter({ ...DAYS, tz, values: { account, device } }),
			subject,
			split,
			grain,
			sort
		})
	);

describe('statements', () => {
	it('never hold a value that was asked for, nor does the address', async () => {
		await fc.assert(
			fc.asyncProperty(queryArbitrary, valueArbitrary, async (query, words) => {
				const { engine, sent } = listening();
				await askAll(engine, query, words);
				for (const { address, statement } of sent) {
					expect(decodeURIComponent(address).toLowerCase()).not.toContain(MARK.toLowerCase());
					expect(statement.toLowerCase()).not.toContain(MARK.toLowerCase());
					// Every literal that was opened is closed.
					expect(statement.split("'").length % 2).toBe(1);
				}
				expect(sent.some(({ values }) => Object.values(values).join('').includes(MARK))).toBe(true);
			}),
			{ numRuns: 40 }
		);
	});

	it('are the same for all values, however many: values have no part in their making', async () => {
		const statementsFor = async (name: string) => {
			const { engine, sent } = listening();
			await askAll(engine, openQuery({ subject: { kind: 'board', name } }), name);
			return sent.map(({ statement }) => statement);
		};
		expect(await statementsFor(`'; DROP TABLE events; --`)).toEqual(await statementsFor('Kitchen'));
	});

	it('fit into an address of old releases', async () => {
		const { engine, sent } = listening();
		const values = {
			content_type: [...CLOSED_VALUES.content_type],
			source: [...CLOSED_VALUES.source],
			device: [...CLOSED_VALUES.device],
			account: Array.from({ length: 10_000 }, (_, i) => `channel-${i}.example`),
			format: [...CLOSED_VALUES.format]
		};
		const filter = openFilter({ ...DAYS, tz: 'America/Argentina/ComodRivadavia', values });
		for (const kind of ['pin', 'board'] as const)
			await askAll(
				engine,
				openQuery({ filter, subject: { kind, name: 'x' }, sort: 'avg_watch_seconds' }),
				'x'
			);
		expect(Math.max(...sent.map(({ address }) => address.length))).toBeLessThan(LONGEST_ADDRESS);
	});

	it.each([`UTC'); DROP TABLE x; --`, 'No/Such_Zone', '', 'Europe/Stockholm '])(
		'name no time zone that the runtime does not know: %j',
		async (tz) => {
			const { engine, sent } = listening();
			await expect(
				engine.hours(signal, openQuery({ filter: openFilter({ tz: 'UTC' }) }))
			).resolves.toBeTruthy();
			await expect(engine.hours(signal, openQuery({ filter: { ...openFilter(), tz } }))).rejects.toThrow();
			expect(sent).toHaveLength(1);
		}
	);

	it.each([true, false])(
		'ask when Pins were made where the table says so, and nowhere else: %s',
		async (hasCreated) => {
			const statements: string[] = [];
			const engine = new HostEngine(HOST, {
				fetch: async (input, init) => {
					const { body } = init as { body: string | FormData };
					const statement =
						typeof body === 'string' ? body : (new URL(String(input)).searchParams.get('query') ?? '');
					statements.push(statement);
					const isAboutColumn = statement.includes('system.columns');
					return new Response(JSON.stringify({ data: isAboutColumn ? [[hasCreated ? '1' : '0']] : [] }));
				}
			});
			await askAbout(engine, { kind: 'pin', name: 'p' });
			await askAbout(engine, { kind: 'pin', name: 'q' });
			const [aboutColumn, ...questions] = statements;
			expect(aboutColumn).toContain(`database = 'tackboard' AND table = 'events' AND name = 'created_at'`);
			expect(questions).toHaveLength(2);
			for (const question of questions) {
				expect(question.includes('created_at')).toBe(hasCreated);
				expect(question).toContain('AS pin_created');
			}
		}
	);

	it('count people exactly, whatever the server takes COUNT(DISTINCT …) for', async () => {
		const { engine, sent } = listening();
		await engine.query(signal, openQuery());
		await engine.daily(signal, openQuery());
		for (const { statement } of sent) expect(statement).not.toMatch(/distinct|uniq(?!Exact)/i);
		expect(sent.some(({ statement }) => statement.includes('uniqExact(CASE WHEN user_id'))).toBe(true);
	});
});
