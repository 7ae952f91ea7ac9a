import { vi } from 'vitest';

/**
 * Waits until exactly one of the elements found is in sight, and returns it: what is hidden at this size, such as the
 * menu of a phone, is not what a person would press.
 */
export async function theOneInSight<Element>(
	find: () => Promise<readonly Element[]>,
	isInSight: (element: Element) => Promise<boolean>
): Promise<Element> {
	return vi.waitFor(
		async () => {
			const found = await find();
			const seen = await Promise.all(found.map(isInSight));
			const inSight = found.filter((_, i) => seen[i]);
			if (inSight.length !== 1)
				throw new Error(`${inSight.length} of the ${found.length} elements found are in sight`);
			return inSight[0]!;
		},
		{ timeout: 10_000, interval: 50 }
	);
}
