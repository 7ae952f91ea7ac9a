import { ProblemError } from '../../model/problem';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** JSON that is nested deeper is no answer with rows. */
const MAX_NESTING = 2_000;

/** Whether a value is an object, and no list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A JSON text as values, whole numbers too long for a double as texts.
 * @throws ProblemError damaged_json; unknown_json where it is nested deeper than any answer
 */
export function parseJson(text: string): Json {
	if (nesting(text) > MAX_NESTING) throw new ProblemError({ code: 'unknown_json' });
	// Texts are matched first, so that digits in quotes stay as they are; other numbers of 16 digits and more are ids.
	const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
		token.startsWith('"') ? token : `"${token}"`
	);
	try {
		return JSON.parse(exact) as Json;
	} catch {
		throw new ProblemError({ code: 'damaged_json' });
	}
}

/** How deep a text's lists and objects stand in each other. */
function nesting(text: string): number {
	let depth = 0;
	let most = 0;
	let isText = false;
	for (let i = 0; i < text.length; i++) {
		const sign = text[i];
		if (isText) {
			if (sign === '\\') i++;
			else if (sign === '"') isText = false;
		} else if (sign === '"') isText = true;
		else if (sign === '{' || sign === '[') most = Math.max(most, ++depth);
		else if (sign === '}' || sign === ']') depth--;
	}
	return most;
}
