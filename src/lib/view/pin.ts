import type { PinAttributes } from '../model/answer';

/** What of a Pin may be drawn and followed. Its attributes come from files of anyone's making. */

/** Pictures above this many characters of address are not drawn. */
export const MAX_PICTURE_LENGTH = 64 * 1024;

const PICTURE = /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/i;

/** The picture's address where it may be drawn, or null: only pictures that the address itself holds. */
export function pinPicture(imageUrl: string): string | null {
	if (imageUrl.length > MAX_PICTURE_LENGTH || !imageUrl.startsWith('data:image/')) return null;
	return PICTURE.test(imageUrl) ? imageUrl : null;
}

export interface PinLink {
	readonly href: string;
	/** The site, without what every site has in front. */
	readonly host: string;
}

/** Where a Pin leads, or null where that is not a page of the web. */
export function pinLink(link: string): PinLink | null {
	if (!/^https?:\/\//i.test(link)) return null;
	try {
		const url = new URL(link);
		return { href: url.href, host: url.host.replace(/^www\./, '') };
	} catch {
		return null;
	}
}

/** What a Pin is called: its title, or its id where it has none. */
export function pinName(pin: PinAttributes & { readonly pinId: string }): string {
	return isNamed(pin) ? pin.title : pin.pinId;
}

/** Whether a Pin has a title. */
export function isNamed({ title }: Pick<PinAttributes, 'title'>): boolean {
	return title.trim() !== '';
}

/** A Pin's page on the platform; null for an id that is none of the platform's, which are numbers. */
export function platformPin(pinId: string): string | null {
	return /^\d+$/.test(pinId) ? `https://www.pinterest.com/pin/${pinId}/` : null;
}

/** A board's page on the platform; null where only its name is known, not its address `owner/board`. */
export function platformBoard(board: string): string | null {
	return /^[\p{L}\p{N}_-]+\/[\p{L}\p{N}_%-]+$/u.test(board) ? `https://www.pinterest.com/${board}/` : null;
}

/** A destination as people read it: without the scheme, `www.` and a last slash. */
export function linkText(link: string): string {
	return link.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
}
