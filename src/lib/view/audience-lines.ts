import { dayNumber, type Day } from '../model/calendar';
import type { InsightsAudience } from '../model/insights';
import { valueTicks } from './ticks';

/** Where shares over time are drawn. Places are parts of the drawing: 0 is its left and its top. */

/** A row's share in each snapshot of an audience; null where a snapshot does not have it. */
export interface ShareLine {
	readonly audience: InsightsAudience;
	readonly points: readonly { readonly day: Day; readonly share: number | null }[];
}

interface Dot {
	readonly day: Day;
	readonly share: number;
	readonly x: number;
	readonly y: number;
}

/** A drawing of lines. */
export interface DrawnLines {
	/** From 0 on, so that heights compare as shares do. */
	readonly ticks: readonly { readonly value: number; readonly y: number }[];
	readonly days: readonly {
		readonly day: Day;
		readonly x: number;
		readonly anchor: 'start' | 'middle' | 'end';
	}[];
	readonly lines: readonly {
		/** None leads over a snapshot without the row. */
		readonly steps: readonly { readonly from: Dot; readonly to: Dot }[];
		readonly dots: readonly Dot[];
	}[];
}

const TICKS = 3;
/** Dates stand at least so far apart. */
const DATE_WIDTH = 0.42;

/** Places lines by day and share. */
export function drawnLines(lines: readonly ShareLine[]): DrawnLines {
	const points = lines.flatMap((line) => line.points);
	const days = [...new Set(points.map(({ day }) => day))].sort();
	const first = dayNumber(days[0] ?? '') ?? 0;
	const last = dayNumber(days.at(-1) ?? '') ?? 0;
	const xOf = (day: Day) => (last === first ? 0.5 : ((dayNumber(day) ?? 0) - first) / (last - first));
	const ticks = valueTicks(Math.max(0, ...points.map(({ share }) => share ?? 0)), 'fraction', TICKS);
	const top = ticks.at(-1) ?? 1;
	const yOf = (share: number) => 1 - share / top;
	return {
		ticks: ticks.map((value) => ({ value, y: yOf(value) })),
		days: labelledDays(days.map((day) => ({ day, x: xOf(day) }))),
		lines: lines.map((line) => {
			const dots = line.points.map(({ day, share }) =>
				share === null ? null : { day, share, x: xOf(day), y: yOf(share) }
			);
			const steps = dots.flatMap((to, i) => {
				const from = dots[i - 1] ?? null;
				return from && to ? [{ from, to }] : [];
			});
			return { steps, dots: dots.filter((dot) => dot !== null) };
		})
	};
}

/** The first and the last day, and between them those that have room. */
function labelledDays(days: readonly { readonly day: Day; readonly x: number }[]): DrawnLines['days'] {
	const last = days.at(-1);
	let taken = -1;
	return days.flatMap(({ day, x }) => {
		const isLast = day === last?.day;
		const hasRoom = x - taken >= DATE_WIDTH && (isLast || (last?.x ?? 1) - x >= DATE_WIDTH);
		if (!isLast && taken >= 0 && !hasRoom) return [];
		taken = x;
		return [{ day, x, anchor: days.length === 1 ? 'middle' : x === 0 ? 'start' : isLast ? 'end' : 'middle' }];
	});
}
