/** Order of texts by code point, as UTF-8 bytes have it; UTF-16 units would put astral characters too early. */
export function compareText(a: string, b: string): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		const x = a.charCodeAt(i);
		const y = b.charCodeAt(i);
		if (x === y) continue;
		const isSurrogateX = x >= 0xd800 && x <= 0xdfff;
		const isSurrogateY = y >= 0xd800 && y <= 0xdfff;
		if (isSurrogateX !== isSurrogateY) return isSurrogateX ? 1 : -1;
		return x - y;
	}
	return a.length - b.length;
}
