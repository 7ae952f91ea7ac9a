import { hex } from '../backup/seal';
import type { PortableItem } from '../portable/items';
import { portableBytes } from '../portable/portable-bytes';

/** What files of a home folder hold, as one word: files of the same content are copies of each other. */

/** @param contentHash of the batch's travelling form */
export function contentOfBatch(contentHash: string): string {
	return `batch ${contentHash}`;
}

/** The word of an item: its bytes, hashed. */
export async function contentOfItem(item: PortableItem): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', portableBytes('item', item));
	return `item ${hex(new Uint8Array(digest))}`;
}
