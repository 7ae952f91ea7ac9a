/** Enough for a tile; more points would only be drawn on top of each other. */
const MOST_POINTS = 48;

/**
 * The outline of a sparkline as the `d` of an SVG path, `width` by `height`; '' where there are fewer than two values.
 * Neighbouring values are averaged where there are more than can be distinguished; where there is no value the line breaks.
 */
export function sparklinePath(
	values: readonly (number | null)[],
	width: number,
	height: number,
	mostPoints = MOST_POINTS
): string {
	const size = Math.max(1, Math.ceil(values.length / mostPoints));
	const points: (number | null)[] = [];
	for (let start = 0; start < values.length; start += size) {
		const chunk = values.slice(start, start + size).filter((value) => value !== null);
		points.push(chunk.length === 0 ? null : chunk.reduce((sum, value) => sum + value, 0) / chunk.length);
	}
	if (points.length < 2) return '';
	const max = points.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
	return points
		.map((value, index) => {
			if (value === null) return '';
			const x = (index / (points.length - 1)) * width;
			const y = max === 0 ? height : height - (value / max) * height;
			return `${(points[index - 1] ?? null) === null ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
		})
		.join('');
}
