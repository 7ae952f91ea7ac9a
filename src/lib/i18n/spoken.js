/**
 * The messages of the language that is spoken, where that is not the base language; asked by the generated module at
 * each message (src/tools/messages.ts), so that a message's function that was kept returns the right text.
 * @type {{ messages: Readonly<Record<string, ((inputs: object) => string) | undefined>> | null }}
 */
export const spoken = { messages: null };
