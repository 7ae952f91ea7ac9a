/** Small enough for a tile; more points would only be drawn on top of each other. */
const MOST_POINTS = 48;

/**
 * The outline of a sparkline as the `d` of an SVG path, `width` by `height`; '' where there are fewer than two values.
 * Neighbouring values are averaged where there are more than can be told apart.
 */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
	const size = Math.max(1, Math.ceil(values.length / MOST_POINTS));
	const points: number[] = [];
	for (let start = 0; start < values.length; start += size) {
		const chunk = values.slice(start, start + size);
		points.push(chunk.reduce<number>((sum, value) => sum + (value ?? 0), 0) / chunk.length);
	}
	if (points.length < 2) return '';
	const max = Math.max(...points);
	return points
		.map((value, index) => {
			const x = (index / (points.length - 1)) * width;
			const y = max === 0 ? height : height - (value / max) * height;
			return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
		})
		.join('');
}
