/**
 * The messages of the language that is spoken, where that is not the base language; asked by the generated module at
 * each message (src/tools/messages.ts), so that whoever holds on to a message's function speaks the right one.
 * @type {{ messages: Readonly<Record<string, ((inputs: object) => string) | undefined>> | null }}
 */
export const spoken = { messages: null };
