/** The fewest letters that names are cut to, so that they are more than a letter each. */
const FEWEST = 2;

/** Names cut to as few letters as still distinguish them: `mo`, `tu`, `we`, but `seg`, `ter`, `sex` in Portuguese. */
export function shortest(names: readonly string[]): readonly string[] {
	const longest = Math.max(...names.map((name) => name.length));
	for (let letters = FEWEST; letters < longest; letters++) {
		const cut = names.map((name) => name.slice(0, letters));
		if (new Set(cut).size === names.length) return cut;
	}
	return names;
}
