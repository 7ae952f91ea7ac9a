import type { Problem } from '../model/problem';

/** A file that starts with `bytes`, or has them at `at`. */
interface Signature {
	readonly at?: number;
	readonly bytes: readonly number[];
	readonly problem: Problem;
}

/** The first bytes of files that people take for data, or that lie beside them. */
const SIGNATURES: readonly Signature[] = [
	{ bytes: [0x89, 0x50, 0x4e, 0x47], problem: { code: 'not_text' } }, // PNG
	{ bytes: [0xff, 0xd8, 0xff], problem: { code: 'not_text' } }, // JPEG
	{ bytes: [0x47, 0x49, 0x46, 0x38], problem: { code: 'not_text' } }, // GIF
	{ bytes: [0x52, 0x49, 0x46, 0x46], problem: { code: 'not_text' } }, // WebP
	{ bytes: [0x25, 0x50, 0x44, 0x46], problem: { code: 'not_text' } }, // PDF
	{ bytes: [0xd0, 0xcf, 0x11, 0xe0], problem: { code: 'spreadsheet' } },
	{ bytes: [0x50, 0x4b, 0x03, 0x04], problem: { code: 'archive_in_archive' } }, // zip: one in a zip or gzip file
	{ bytes: [0x42, 0x5a, 0x68], problem: { code: 'unknown_archive' } }, // bzip2
	{ bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], problem: { code: 'unknown_archive' } }, // xz
	{ bytes: [0x28, 0xb5, 0x2f, 0xfd], problem: { code: 'unknown_archive' } }, // zstd
	{ bytes: [0x37, 0x7a, 0xbc, 0xaf], problem: { code: 'unknown_archive' } }, // 7z
	{ bytes: [0x52, 0x61, 0x72, 0x21], problem: { code: 'unknown_archive' } }, // RAR
	{ at: 257, bytes: [0x75, 0x73, 0x74, 0x61, 0x72], problem: { code: 'unknown_archive' } } // tar: text padded with NULs
];

/** What a file is that can not be read, recognised by its first bytes; null for all others. */
export function foreignFile(head: Uint8Array): Problem | null {
	const found = SIGNATURES.find(({ at = 0, bytes }) => bytes.every((byte, i) => head[at + i] === byte));
	return found?.problem ?? null;
}
