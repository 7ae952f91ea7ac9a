import { textAt, textCount, type TextBlock } from '../../src/lib/columns/text-block';
import type { EventRows } from '../../src/lib/import/event-rows';
import type { RowFields, RowTaker } from '../../src/lib/import/row-fields';
import { ATTRIBUTES } from '../../src/lib/model/event';
import type { Rejection } from '../../src/lib/model/problem';

const textsOf = (block: TextBlock) => Array.from({ length: textCount(block) }, (_, i) => textAt(block, i));

/** Takes rows in, and returns all of them, by names instead of numbers. */
export function takerOf(rows: EventRows) {
	const rejections: Rejection[] = [];
	const taker: RowTaker = {
		add: (bytes: Uint8Array, row: RowFields) => {
			const rejection = rows.add(bytes, row);
			if (rejection) rejections.push(rejection);
		},
		reject: () => {
			throw new Error('every row has cells');
		},
		settle: (bytes: Uint8Array) => rows.settle(bytes)
	};
	const told = () => {
		const pins = textsOf(rows.pins.blockFrom(0));
		const users = textsOf(rows.users.blockFrom(0));
		const accounts = textsOf(rows.accounts.blockFrom(0));
		const own = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
		const claims = rows.claims.finish(own(pins.length));
		const texts = textsOf(claims.texts);
		const segments = rows.run.finish({
			pins: own(pins.length),
			users: own(users.length),
			accounts: own(accounts.length)
		});
		return {
			rejections,
			accepted: rows.accepted,
			rejected: rows.rejected,
			firstMs: rows.firstMs,
			lastMs: rows.lastMs,
			pins,
			users: users.toSorted(),
			accounts,
			claims: pins.map((pin, i) => ({
				pin,
				format: [claims.formatTimes[i], claims.formats[i]],
				attributes: ATTRIBUTES.map((name) => [
					claims.attributes[name]!.times[i],
					texts[claims.attributes[name]!.texts[i]! - 1]
				])
			})),
			segments: segments.map((segment) => ({
				...segment,
				pins: Array.from(segment.pins, (pin) => pins[pin]),
				users: Array.from(segment.users, (user) => users[user - 1])
			}))
		};
	};
	return { ...taker, told };
}
