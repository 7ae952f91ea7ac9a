/** So many Pins, `pin-0` seen most and each after it once less; every tenth is called a lantern. */
export function manyPinsFile(pins: number): string {
	const rows = ['timestamp,event,pin_id,pin_title,count,link'];
	for (let i = 0; i < pins; i++) {
		const title = i % 10 === 0 ? `Lantern ${i}` : `Shelf ${i}`;
		rows.push(`2026-06-30,impression,pin-${i},${title},${pins - i},https://shop.example/${i % 40}`);
	}
	return `${rows.join('\n')}\n`;
}
