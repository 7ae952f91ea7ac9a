import { readdirSync, readFileSync } from 'node:fs';

/** The messages as they stand in their files. */

const FOLDER = new URL('../../../src/lib/i18n/messages/', import.meta.url);

/** Whose messages all others are translated from. */
export const BASE = 'en';

/** A text, or one for each form of a plural. */
export type Message = string | readonly { readonly match: Readonly<Record<string, string>> }[];
export type Messages = Readonly<Record<string, Message>>;

/** The languages that have a file. */
export const languages: readonly string[] = readdirSync(FOLDER)
	.map((file) => file.replace('.json', ''))
	.sort();

/** The messages of a language by their keys. */
export function messagesOf(language: string): Messages {
	const file = readFileSync(new URL(`${language}.json`, FOLDER), 'utf8');
	const messages = JSON.parse(file) as Record<string, Message>;
	delete messages['$schema'];
	return messages;
}

/** Every text that a message can come out as. */
export const textsOf = (message: Message): readonly string[] =>
	typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
