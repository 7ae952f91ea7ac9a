/**
 * The language of a visitor: the first of those wanted that is known. One of another region or script is the same language
 * (`de-AT` is `de`, `pt` and `pt-PT` are `pt-BR`, where there is no other).
 * @param wanted tags of languages, the dearest first
 * @param known the languages that there are
 * @returns null where none of them is known
 */
export function chooseLanguage<Known extends string>(
	wanted: readonly string[],
	known: readonly Known[]
): Known | null {
	for (const tag of wanted) {
		const name = tag.toLowerCase();
		const found =
			known.find((each) => each.toLowerCase() === name) ??
			known.find((each) => nameOf(each.toLowerCase()) === nameOf(name));
		if (found !== undefined) return found;
	}
	return null;
}

const nameOf = (tag: string) => tag.split('-')[0];
