import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dictionary } from '../../../src/lib/columns/dictionary';
import type { Segment } from '../../../src/lib/columns/segment';
import { detectDialect } from '../../../src/lib/import/detect';
import type { PartRange, Vocabulary } from '../../../src/lib/import/part';
import { readPart } from '../../../src/lib/import/read-part';
import { bufferSource, utf8 } from '../../support/memory-workspace';
import { byLength } from '../../support/test-length';

const HEADER = 'timestamp,event,pin_id,pin_title\n';

/** Reads a part of a file: what it says of itself, and the ids of its events' Pins, in the order of the file. */
async function read(text: string, changes: Partial<PartRange> = {}) {
	const bytes = utf8(text);
	const found = detectDialect(bytes, true);
	if ('problem' in found) throw new Error(found.problem.code);
	const range = {
		start: 0,
		end: bytes.length,
		firstRow: found.dialect.bodyStart,
		isOdd: false,
		isHashed: true,
		...changes
	};
	const pins = new Dictionary();
	const segments: Segment[] = [];
	const told: number[] = [];
	const others = new Dictionary();
	const result = await readPart(
		new AbortController().signal,
		bufferSource(bytes),
		found.dialect,
		range,
		[],
		{
			intern: async (vocabulary: Vocabulary, texts) =>
				(vocabulary === 'pin' ? pins : others).internBlock(texts),
			writeSegments: async (written) => void segments.push(...written),
			writeRejected: async () => {}
		},
		({ bytesDone }) => void told.push(bytesDone)
	);
	const ids = segments.flatMap((segment) => Array.from(segment.pins, (pin) => pins.text(pin)));
	return { ...result, ids, told };
}

const row = fc.constantFrom(
	'2024-05-01,save,p1',
	'2024-05-01,save,"p2"',
	'never,save,p',
	'2024-05-01,save,p3,"two\nlines"',
	'2024-05-01,save,p4,"a ""quoted""\n\n title"',
	'2024-05-01,save,p5,"crlf\r\nin cell"',
	'',
	'"2024-05-01",save,"p\n6"'
);
const file = fc.record({
	rows: fc.array(row, { minLength: 1, maxLength: 5 }),
	newline: fc.constantFrom('\n', '\r\n', '\r'),
	isEnded: fc.boolean()
});

describe('readPart', () => {
	it('reads two parts that fit as what one part reads, wherever a file is cut', async () => {
		let fitting = 0;
		let wrong = 0;
		await fc.assert(
			fc.asyncProperty(file, async ({ rows, newline, isEnded }) => {
				const text = HEADER + rows.join(newline) + (isEnded ? newline : '');
				const whole = await read(text);
				for (let cut = HEADER.length + 1; cut < text.length; cut++) {
					const first = await read(text, { end: cut });
					const second = await read(text, { start: cut, firstRow: null });
					expect(first.nextRow).toBeGreaterThanOrEqual(cut);
					const rest = await read(text, { start: first.nextRow, firstRow: first.nextRow });
					for (const part of second.firstRow === first.nextRow ? [second, rest] : [rest]) {
						expect([...first.ids, ...part.ids]).toEqual(whole.ids);
						expect(first.rejected + part.rejected).toBe(whole.rejected);
						expect(first.lines + part.lines).toBe(whole.lines);
						const moved = part.rejections.map((rejection) => ({
							...rejection,
							line: rejection.line + first.lines
						}));
						expect([...first.rejections, ...moved]).toEqual(whole.rejections);
					}
					if (second.firstRow === first.nextRow) fitting++;
					else wrong++;
				}
			}),
			{ seed: 8, numRuns: byLength(8, 25) }
		);
		// Both must have come up, or the property has proved little.
		expect(Math.min(fitting, wrong)).toBeGreaterThan(50);
	});

	it.each(['\n', '\r\n', '\r'])(
		'guesses right where no cell holds a line end, rows ending in %j',
		async (newline) => {
			const text = [
				HEADER.trim(),
				'2024-05-01,save,p1',
				'',
				'2024-05-01,save,"p,2"',
				'2024-05-01,save,p3',
				''
			].join(newline);
			for (let cut = HEADER.length + 2; cut < text.length; cut++) {
				const { nextRow } = await read(text, { end: cut });
				expect((await read(text, { start: cut, firstRow: null })).firstRow, `cut at ${cut}`).toBe(nextRow);
			}
		}
	);

	it('stops before a row that is not plain, and says where', async () => {
		const text = `${HEADER}2024-05-01,save,p1,"two\nlines"\n2024-05-01,save,"p2" and "x"\n2024-05-01,save,p3\n`;
		const { stopped, nextRow, lines, ids } = await read(text);
		expect({ stopped, nextRow, lines, ids }).toEqual({ stopped: 'odd', nextRow: 64, lines: 2, ids: ['p1'] });
		const odd = await read(text, { start: nextRow, firstRow: nextRow, isOdd: true });
		expect([odd.ids, odd.stopped, odd.nextRow]).toEqual([['p2" and "x', 'p3'], 'end', text.length]);
	});

	it('says on which line a quote opens that is never closed', async () => {
		const { stopped, nextRow, lines } = await read(`${HEADER}2024-05-01,save,p1\n\n2024-05-01,save,"p2\n\n`);
		expect({ stopped, nextRow, lines }).toEqual({ stopped: 'unclosed_quote', nextRow: 53, lines: 2 });
	});

	it('hashes its bytes only where it is told to', async () => {
		const text = `${HEADER}2024-05-01,save,p1\n`;
		expect((await read(text)).hashes).toHaveLength(1);
		expect((await read(text, { isHashed: false })).hashes).toEqual([]);
	});

	it('tells how far it is in its own bytes', async () => {
		const text = `${HEADER}2024-05-01,save,p1\n2024-05-01,save,p1\n`;
		expect((await read(text)).told.at(-1)).toBe(text.length);
		expect((await read(text, { start: 40, firstRow: null })).told.at(-1)).toBe(text.length - 40);
	});
});
