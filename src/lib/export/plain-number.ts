/** A number as digits with a dot, without grouping or exponent: as few digits as distinguish it from every other number. */
export function plainNumber(value: number): string {
	const text = String(value);
	const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
	if (!parts) return text;
	const [, sign = '', first = '', rest = '', exponent = ''] = parts;
	const digits = first + rest;
	const point = 1 + Number(exponent);
	return sign + (point <= 0 ? `0.${'0'.repeat(-point)}${digits}` : digits.padEnd(point, '0'));
}
