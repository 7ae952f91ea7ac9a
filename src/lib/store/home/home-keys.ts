import { cipherSeal, concat, derivation, hashSeal, hex, keyMaterial, unhex, type Seal } from '../backup/seal';
import { ProblemError } from '../../model/problem';

/**
 * What seals the files of a home folder and names them. From a passphrase and a salt follows one secret, and from that a key
 * of each file and one for names, so that neither bytes nor names of files say what they hold.
 */

const AES = { name: 'AES-GCM', length: 256 } as const;
const NAME_DIGITS = 40;
/** What files of a home folder end with. */
export const HOME_ENDING = '.tackboard';
const OWN_NAME = /^[0-9a-f]{40}\.tackboard$/;

/** Whether a name is one that Tackboard gives; a drive gives others to copies that it makes. */
export function isOwnName(name: string): boolean {
	return OWN_NAME.test(name);
}

/** The name that Tackboard gave to the file that another one is called a copy of: "<name> (1).tackboard" and the like. */
export function originalOf(copy: string): string {
	return copy.slice(0, NAME_DIGITS) + HOME_ENDING;
}

/** The keys of one passphrase, or of none. */
export class HomeKeys {
	/** Hexadecimal salt of the files that are written here; null without a passphrase. */
	readonly salt: string | null;
	readonly #material: CryptoKey | null;
	/** By salt. */
	readonly #secrets = new Map<string, Promise<CryptoKey>>();

	/** @param material of the passphrase (keyMaterial); null where there is none */
	constructor(material: CryptoKey | null, salt: string | null) {
		this.#material = material;
		this.salt = salt;
	}

	/**
	 * @param passphrase '' for none
	 * @param salt of the files that the folder holds already; null where there are none
	 */
	static async from(passphrase: string, salt: string | null): Promise<HomeKeys> {
		if (passphrase === '') return new HomeKeys(null, null);
		return new HomeKeys(
			await keyMaterial(passphrase),
			salt ?? hex(crypto.getRandomValues(new Uint8Array(16)))
		);
	}

	/** What keys are derived from, to be kept; null where there is no passphrase. */
	get material(): CryptoKey | null {
		return this.#material;
	}

	/** The name of the file of some content. */
	async nameOf(content: string): Promise<string> {
		const bytes = new TextEncoder().encode(content);
		const digest =
			this.salt === null
				? await crypto.subtle.digest('SHA-256', bytes)
				: await crypto.subtle.sign('HMAC', await this.#nameKey(this.salt), bytes);
		return hex(new Uint8Array(digest)).slice(0, NAME_DIGITS) + HOME_ENDING;
	}

	/**
	 * The seal of a file.
	 * @param header all that stands before its blocks
	 * @param salt that it was sealed with; null where it is not encrypted
	 * @param nonce hexadecimal; of this file alone
	 * @throws ProblemError passphrase_needed
	 */
	async sealOf(header: Uint8Array<ArrayBuffer>, salt: string | null, nonce: string): Promise<Seal> {
		const context = new Uint8Array(await crypto.subtle.digest('SHA-256', header));
		if (salt === null) return hashSeal(context);
		const derived = hkdf(unhex(nonce), 'file');
		const key = await crypto.subtle.deriveKey(derived, await this.#secretOf(salt), AES, false, [
			'encrypt',
			'decrypt'
		]);
		return cipherSeal(context, key);
	}

	async #nameKey(salt: string): Promise<CryptoKey> {
		const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
		return crypto.subtle.deriveKey(hkdf(new Uint8Array(), 'names'), await this.#secretOf(salt), hmac, false, [
			'sign'
		]);
	}

	#secretOf(salt: string): Promise<CryptoKey> {
		let secret = this.#secrets.get(salt);
		if (!secret) this.#secrets.set(salt, (secret = this.#derive(salt)));
		return secret;
	}

	async #derive(salt: string): Promise<CryptoKey> {
		if (!this.#material) throw new ProblemError({ code: 'passphrase_needed' });
		const bits = await crypto.subtle.deriveBits(derivation(unhex(salt)), this.#material, 256);
		return crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
	}
}

function hkdf(salt: Uint8Array<ArrayBuffer>, purpose: string): HkdfParams {
	return {
		name: 'HKDF',
		hash: 'SHA-256',
		salt,
		info: concat([new TextEncoder().encode(`tackboard home ${purpose}`)])
	};
}
