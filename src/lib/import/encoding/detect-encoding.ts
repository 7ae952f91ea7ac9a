import type { Encoding } from '../../model/import-report';

/** Enough of a file to determine how its text is written. */
const LOOKED_AT = 1 << 16;

/** In UTF-16 nearly all of the Latin text of an event file has a zero in every other byte; this share is enough. */
const ZERO_SHARE = 0.4;

/**
 * Of the other bytes of a text that holds NULs, at most this share are control characters. Programs' files have them by
 * the dozen: small numbers are what they hold most of.
 */
const CONTROL_SHARE = 0.01;

/**
 * How a file's text is written, by its first bytes; null where it is no text. What is not valid UTF-8 and not UTF-16
 * is taken for Windows-1252, in which every byte means something. Text may hold NULs, which tools leave behind that pad
 * or break off; what distinguishes it from a program's file is that it has next to no other control characters.
 */
export function detectEncoding(head: Uint8Array): Encoding | null {
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	const start = head.subarray(0, LOOKED_AT);
	const zeros = [0, 0];
	for (let i = 0; i < start.length; i++) if (start[i] === 0) zeros[i & 1]!++;
	const [even = 0, odd = 0] = zeros;
	if (even + odd > 0) {
		const half = start.length / 2;
		if (even === 0 && odd > half * ZERO_SHARE) return 'utf-16le';
		if (odd === 0 && even > half * ZERO_SHARE) return 'utf-16be';
	}
	const others = start.length - even - odd;
	const controls = start.reduce((sum, byte) => sum + Number(byte !== 0 && isControl(byte)), 0);
	if (even + odd > 0 && controls >= others * CONTROL_SHARE) return null;
	if (isUtf8(head)) return 'utf-8';
	return controls > 0 ? null : 'windows-1252';
}

/** Whether bytes are valid UTF-8, but for a last character that they may cut. */
function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
		return true;
	} catch {
		return false;
	}
}

/** A byte that no text holds: programs' files are full of them. */
function isControl(byte: number): boolean {
	return byte < 9 || (byte > 13 && byte < 32 && byte !== 27);
}
