import { ATTRIBUTES, CLOSED_VALUES, type Attribute } from '../model/event';
import type { Directory, DirectoryBoard, DirectoryPin } from '../model/directory';
import { FORMAT_UNKNOWN_MS, SAID_WITHOUT_EVENT_MS, type AttributeClaims, type PinClaims } from './pin-claims';
import type { ReportContents } from './report-contents';
import { textBlock, type TextBlock } from './text-block';

/** What a file that is no event file says of Pins, as claims. */
export interface ReportClaims {
	/** Whether they are what a directory says, or just the Pins that figures are about. */
	readonly of: 'directory' | 'figures';
	readonly claims: PinClaims;
}

/** What directories say of an attribute; an attribute that is not here they say nothing of. */
const SAID: Readonly<Partial<Record<Attribute, (pin: DirectoryPin) => string>>> = {
	pin_title: (pin) => pin.title,
	board: (pin) => pin.board,
	link: (pin) => pin.link,
	created_at: (pin) => pin.createdAt
};

/** So many Pins a piece, of which each can be read without the others. */
const PINS_PER_PIECE = 65_536;

const FORMATS: readonly string[] = CLOSED_VALUES.format;

/**
 * The claims of a file in pieces; none where it names neither Pins nor boards.
 * @param numberOf the workspace's number of a Pin's id; a new one gets the next
 */
export function reportClaims(
	{ facts, directory }: Pick<ReportContents, 'facts' | 'directory'>,
	numberOf: (pinId: string) => number
): ReportClaims[] {
	const boards = directory.boards.filter(({ id, name }) => id !== '' && name !== '');
	const pieces: ReportClaims[] = [];
	const add = (of: ReportClaims['of'], pins: Directory['pins'], named: readonly DirectoryBoard[]) =>
		pieces.push({ of, claims: pieceOf(pins, named, numberOf) });
	for (const pins of piecesOf(directory.pins)) add('directory', pins, pieces.length === 0 ? boards : []);
	if (pieces.length === 0 && boards.length > 0) add('directory', [], boards);

	const described = new Set(directory.pins.map(({ pinId }) => pinId));
	const others = new Set<string>();
	for (const { subject } of facts.scopes)
		if (subject.kind === 'pin' && !described.has(subject.id)) others.add(subject.id);
	for (const pins of piecesOf([...others].map(onlyNamed))) add('figures', pins, []);
	return pieces;
}

/** How many Pins and boards claims are about. */
export function namesIn({ pins, boards }: PinClaims): number {
	return pins.length + (boards?.ids.length ?? 0);
}

function onlyNamed(pinId: string): DirectoryPin {
	return { pinId, title: '', board: '', boardId: '', link: '', createdAt: '', format: '' };
}

function* piecesOf(pins: Directory['pins']): Generator<Directory['pins']> {
	for (let start = 0; start < pins.length; start += PINS_PER_PIECE)
		yield pins.slice(start, start + PINS_PER_PIECE);
}

function pieceOf(
	pins: Directory['pins'],
	boards: readonly DirectoryBoard[],
	numberOf: (pinId: string) => number
): PinClaims {
	const texts = new OwnTexts();
	const attributes = ATTRIBUTES.map((name) => [name, attributeOf(pins, SAID[name], texts)] as const);
	const formats = pins.map(({ format }) => FORMATS.indexOf(format));
	const knowsBoards = boards.length > 0 || pins.some(({ boardId }) => boardId !== '');
	return {
		pins: Uint32Array.from(pins, ({ pinId }) => numberOf(pinId)),
		formatTimes: Float64Array.from(formats, (format) =>
			format < 0 ? FORMAT_UNKNOWN_MS : SAID_WITHOUT_EVENT_MS
		),
		formats: Uint8Array.from(formats, (format) => Math.max(format, 0)),
		attributes: Object.fromEntries(attributes) as Record<Attribute, AttributeClaims>,
		...(knowsBoards
			? {
					boards: {
						ofPin: Uint32Array.from(pins, ({ boardId }) => texts.numberOf(boardId)),
						ids: Uint32Array.from(boards, ({ id }) => texts.numberOf(id) - 1),
						names: Uint32Array.from(boards, ({ name }) => texts.numberOf(name) - 1)
					}
				}
			: {}),
		texts: texts.finish()
	};
}

function attributeOf(
	pins: Directory['pins'],
	said: ((pin: DirectoryPin) => string) | undefined,
	own: OwnTexts
): AttributeClaims {
	const texts = Uint32Array.from(pins, (pin) => own.numberOf(said?.(pin) ?? ''));
	return {
		times: Float64Array.from(texts, (text) => (text === 0 ? -Infinity : SAID_WITHOUT_EVENT_MS)),
		texts
	};
}

/** The texts of a piece, each once. */
class OwnTexts {
	readonly #numbers = new Map<string, number>();

	/** The number of a text, plus one; 0 for none. */
	numberOf(text: string): number {
		if (text === '') return 0;
		let number = this.#numbers.get(text);
		if (number === undefined) this.#numbers.set(text, (number = this.#numbers.size + 1));
		return number;
	}

	finish(): TextBlock {
		return textBlock([...this.#numbers.keys()]);
	}
}
