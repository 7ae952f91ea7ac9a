/** What the module offers: see src/lib/import/bulk/kernel.ts, its one user. Addresses are those of its memory. */
export { nextLine, nextRow, readRows } from './rows';
export { readStamps } from './stamps';
export { copyTexts, createTexts, findIds, findStretches, intern, reserve, textCount } from './texts';

/** Memory of so many bytes, which starts at a multiple of 16. */
export function allocate(byteLength: u32): usize {
	return heap.alloc(byteLength);
}

/** Makes memory longer, perhaps elsewhere; what it holds is kept. */
export function reallocate(address: usize, byteLength: u32): usize {
	return heap.realloc(address, byteLength);
}

export function free(address: usize): void {
	heap.free(address);
}
