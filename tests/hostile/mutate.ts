import { pick, type Random } from '../../src/lib/import/sample-random';

/** Files made worse: what disks, transfers, programs and people with bad intentions do to bytes. */

/** What means something to one reader or another, and is put where it does not belong. */
const SEEDS_OF_TROUBLE = [
	'"',
	'""',
	'"\n',
	'\r',
	'\n',
	'\r\n',
	'\n\n\n',
	',',
	'\t',
	';',
	'|',
	',,,,,,,,,,,,,,,,,,,,',
	'\0',
	'\uFEFF',
	'\u200B',
	'sep=;\n',
	'\ntimestamp,event,pin_id\n',
	'"data":[',
	' UTC',
	'[Europe/Stockholm]',
	'\uFFFD',
	'\u202E',
	'\u2028',
	'__proto__',
	'"__proto__":{"isAdmin":true},',
	'constructor',
	'toString',
	'{',
	'}',
	'[',
	']',
	'{"a":',
	'\\u',
	'\\ud800',
	'\\',
	'null',
	'=1+1',
	"'",
	'-',
	'e999',
	'99999999999999999999',
	'-0',
	'0x10',
	'NaN',
	'Infinity',
	'0001-01-01',
	'9999-12-31T23:59:59.999Z',
	'<script>',
	'javascript:alert(1)',
	'PAR1',
	'PK\u0003\u0004',
	'PK\u0005\u0006',
	'\u001F\u008B'
];

const encoder = new TextEncoder();
const TROUBLE = SEEDS_OF_TROUBLE.map((text) => encoder.encode(text));

/** Bytes that end, start or mark something in one of the formats, and the extremes. */
const SHARP_BYTES = [
	0, 1, 9, 10, 13, 34, 39, 44, 59, 91, 92, 93, 123, 124, 125, 127, 128, 0xc3, 0xef, 0xfe, 0xff
];

const MAX_BYTES = 1 << 18;

/** One to four changes, fewer more often; `donor` is where strange parts come from. */
export function mutate(random: Random, bytes: Uint8Array, donor: Uint8Array): Uint8Array {
	let mutated = bytes;
	const changes = 1 + Math.floor(random() * random() * 4);
	for (let i = 0; i < changes; i++) mutated = pick(random, CHANGES)(random, mutated, donor);
	return mutated.subarray(0, MAX_BYTES);
}

type Change = (random: Random, bytes: Uint8Array, donor: Uint8Array) => Uint8Array;

const CHANGES: readonly Change[] = [
	// a few bits
	(random, bytes) => {
		const copy = bytes.slice();
		for (let n = 1 + Math.floor(random() * 8); n > 0; n--)
			copy[placeIn(random, copy)]! ^= 1 << (random() * 8);
		return copy;
	},
	// a byte that means something
	(random, bytes) => {
		const copy = bytes.slice();
		if (copy.length > 0) copy[placeIn(random, copy)] = pick(random, SHARP_BYTES);
		return copy;
	},
	// the end
	(random, bytes) => bytes.slice(0, placeIn(random, bytes)),
	// the start
	(random, bytes) => bytes.slice(Math.min(placeIn(random, bytes), 1 + Math.floor(random() * 64))),
	// a piece of the middle
	(random, bytes) => {
		const [from, to] = stretchOf(random, bytes);
		return joined(bytes.subarray(0, from), bytes.subarray(to));
	},
	// something that does not belong there
	(random, bytes) => {
		const at = placeIn(random, bytes);
		return joined(bytes.subarray(0, at), pick(random, TROUBLE), bytes.subarray(at));
	},
	// the same, many times over
	(random, bytes) => {
		const at = placeIn(random, bytes);
		const piece = pick(random, TROUBLE);
		const many = Array.from({ length: 1 + Math.floor(random() * 400) }, () => piece);
		return joined(bytes.subarray(0, at), ...many, bytes.subarray(at));
	},
	// a piece twice
	(random, bytes) => {
		const [from, to] = stretchOf(random, bytes);
		return joined(bytes.subarray(0, to), bytes.subarray(from));
	},
	// a piece of another file in place of one
	(random, bytes, donor) => {
		const [from, to] = stretchOf(random, bytes);
		const [first, last] = stretchOf(random, donor);
		return joined(bytes.subarray(0, from), donor.subarray(first, last), bytes.subarray(to));
	},
	// noise
	(random, bytes) => {
		const at = placeIn(random, bytes);
		// Text with a NUL in it is no text: then nothing else would be looked at.
		const [least, span] = isBinary(bytes) ? [0, 256] : [1, 127];
		const noise = Uint8Array.from({ length: 1 + Math.floor(random() * 32) }, () => least + random() * span);
		return joined(bytes.subarray(0, at), noise, bytes.subarray(at));
	},
	// a number in the file, made extreme: lengths and offsets of binary formats
	(random, bytes) => {
		const copy = bytes.slice();
		if (copy.length < 4 || !isBinary(bytes)) return copy;
		const at = Math.floor(random() * (copy.length - 3));
		const value = pick(random, [
			0,
			1,
			0x7fffffff,
			0x80000000,
			0xffffffff,
			0xffff,
			copy.length,
			copy.length + 1
		]);
		new DataView(copy.buffer).setUint32(at, value, random() < 0.9);
		return copy;
	}
];

function isBinary(bytes: Uint8Array): boolean {
	return bytes.includes(0);
}

function placeIn(random: Random, bytes: Uint8Array): number {
	// The start and the end are where files say what they are.
	const chance = random();
	const { length } = bytes;
	if (chance < 0.07) return Math.min(length, Math.floor(random() * 128));
	if (chance < 0.17) return Math.max(0, length - Math.floor(random() * 128) - 1);
	return Math.floor(random() * length);
}

function stretchOf(random: Random, bytes: Uint8Array): [from: number, to: number] {
	const from = placeIn(random, bytes);
	const most = random() < 0.5 ? 16 : bytes.length;
	return [from, Math.min(bytes.length, from + Math.floor(random() * most))];
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}
