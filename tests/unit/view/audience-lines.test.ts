import { describe, expect, it } from 'vitest';
import { drawnLines } from '../../../src/lib/view/audience-lines';

const line = (...points: [day: string, share: number | null][]) => ({
	audience: 'total' as const,
	points: points.map(([day, share]) => ({ day, share }))
});

describe('lines over time', () => {
	it('are placed by day and share, from 0 to the highest tick', () => {
		const { ticks, lines } = drawnLines([
			line(['2026-05-01', 0.1], ['2026-05-02', 0.2], ['2026-05-05', 0.4])
		]);
		expect(ticks[0]).toEqual({ value: 0, y: 1 });
		expect(ticks.at(-1)?.y).toBe(0);
		const top = ticks.at(-1)?.value ?? NaN;
		expect(top).toBeGreaterThanOrEqual(0.4);
		expect(lines[0]?.dots.map(({ x }) => x)).toEqual([0, 0.25, 1]);
		for (const { y, share } of lines[0]?.dots ?? []) expect(y).toBeCloseTo(1 - share / top);
		expect(lines[0]?.steps.map(({ from, to }) => [from.day, to.day])).toEqual([
			['2026-05-01', '2026-05-02'],
			['2026-05-02', '2026-05-05']
		]);
	});

	it('leave no dot, and no step over, a snapshot without the row', () => {
		const { lines } = drawnLines([line(['2026-05-01', 0.1], ['2026-05-02', null], ['2026-05-03', 0.2])]);
		expect(lines[0]?.dots.map(({ day }) => day)).toEqual(['2026-05-01', '2026-05-03']);
		expect(lines[0]?.steps).toEqual([]);
	});

	it('share their days, and name the first and the last of many', () => {
		const days = Array.from({ length: 13 }, (_, i) => `2026-05-${String(i + 10)}`);
		const one = line(...days.map((day): [string, number] => [day, 0.5]));
		const other = { ...line(['2026-05-10', 0.2], ['2026-05-30', 0.3]), audience: 'engaged' as const };
		const drawn = drawnLines([one, other]);
		expect(drawn.lines[1]?.dots.map(({ x }) => x)).toEqual([0, 1]);
		expect(drawn.days.at(0)).toMatchObject({ day: '2026-05-10', anchor: 'start' });
		expect(drawn.days.at(-1)).toMatchObject({ day: '2026-05-30', anchor: 'end' });
		expect(drawn.days.length).toBeLessThanOrEqual(3);
	});

	it('have a place where nothing has a share, and where there is one day', () => {
		expect(drawnLines([line(['2026-05-01', null], ['2026-05-02', null])]).lines).toEqual([
			{ steps: [], dots: [] }
		]);
		expect(drawnLines([line(['2026-05-01', 0.5])]).lines[0]?.dots[0]?.x).toBe(0.5);
	});
});
