import type { InsightsAudience, InsightsSection } from '../../model/insights';
import { plainName } from '../cells/plain-name';
import { withoutSurroundings } from '../cells/surroundings';

/**
 * What files of Audience insights call their parts, in the languages that are known here. Words stand as `wordOf` makes
 * them: lower case, letters and digits only, without accents.
 */

/** A name as it is compared. */
function wordOf(name: string): string {
	return plainName(name.normalize('NFD'));
}

/** Names of sections, singular and plural: en, de, sv, fr, es, it, nl, pt. */
const SECTION_WORDS: Readonly<Record<InsightsSection, string>> = {
	interest: `interest interests interesse interessen intresse intressen centredinteret centresdinteret interes
		intereses interessi interesses`,
	gender: `gender genders geschlecht geschlechter kon genre genres sexe sexes genero generos sexo sexos genere generi
		sesso geslacht geslachten`,
	age: `age ages agegroup agegroups alter altersgruppe altersgruppen alder aldrar aldersgrupp aldersgrupper
		tranchedage tranchesdage edad edades grupodeedad gruposdeedad eta fasciadeta fascedeta leeftijd leeftijden
		leeftijdsgroep leeftijdsgroepen idade idades faixaetaria faixasetarias`,
	country: `country countries land lander landen pays pais paises paese paesi`,
	metro: `metro metros metroarea metroareas metropolitanarea metropolitanareas city cities metropolregion
		metropolregionen ballungsraum ballungsraume ballungsgebiet ballungsgebiete stadt stadte storstadsomrade
		storstadsomraden stad stader regionmetropolitaine regionsmetropolitaines zonemetropolitaine zonesmetropolitaines
		ville villes areametropolitana areasmetropolitanas areemetropolitane ciudad ciudades citta
		grootstedelijkgebied grootstedelijkegebieden stedelijkgebied stedelijkegebieden steden regiaometropolitana
		regioesmetropolitanas cidade cidades`,
	device: `device devices gerat gerate enhet enheter appareil appareils dispositivo dispositivos dispositivi apparaat
		apparaten aparelho aparelhos`
};

/** Names of the level above interests. */
const CATEGORY_WORDS = `category categories kategorie kategorien kategori kategorier categorie categoria categorias
	categorien`;

/** The first cell of a file. */
const VIEW_WORDS = `audienceview zielgruppenansicht malgruppsvy publikvy vuedelaudience affichagedelaudience
	vistadelaudiencia vistadeaudiencia vistadelpublico visualizzazionepubblico visualizzazionedelpubblico
	vistapubblico doelgroepweergave weergavedoelgroep visualizacaodopublico visaodopublico vistadopublico`;

const SHARE_WORD =
	/^(?:percent|prozent|procent|pourcent|porcent|percentual|share|anteil|andel|part|quota|aandeel|parcela)|^ofaudience$/;
const AFFINITY_WORD = /^aff?init|^afinid/;
const DATE_WORDS = new Set(wordsOf('date day datum dag tag fecha dia data giorno jour'));
const SIZE_WORD = /size|grosse|storlek|taille|tamano|dimension|grootte|omvang|tamanho/;

/** "Your", at the start of an audience's name. */
const YOUR_WORD =
	/^(?:your|ihre?|deine?|din|ert?|votre|tu|su|iltu|il?suo|lat?ua|je|uw|jouw|seu|sua|oseu|asua)/;
const PLATFORM_WORD = /pinterest|pinner|everyone/;
const ENGAGED_WORD =
	/engag|engaj|inter[ae]g|interac|comprometid|involucrad|coinvolt|envolvid|betrokken|involved|acti[ev]|aktiv|attiv|ativ/;
const TOTAL_WORD = /total|gesamt|totaal|samlad|hela/;

/** Values that are known in all languages, for sections whose name is not. */
const SECTION_VALUES: readonly (readonly [InsightsSection, RegExp])[] = [
	['age', /^\d\d ?[-–—] ?\d\d\b|^\d\d ?\+/],
	['device', /^(?:iphone|ipad|android|web$|web )/i]
];

function wordsOf(list: string): string[] {
	return list.split(/\s+/);
}

const SECTION_OF: ReadonlyMap<string, InsightsSection> = new Map(
	Object.entries(SECTION_WORDS).flatMap(([section, list]) =>
		wordsOf(list).map((word): [string, InsightsSection] => [word, section as InsightsSection])
	)
);
const CATEGORIES = new Set(wordsOf(CATEGORY_WORDS));
const VIEWS = new Set(wordsOf(VIEW_WORDS));

/** The section that a title, header or key names, or null. */
export function sectionNamed(name: string): InsightsSection | null {
	return SECTION_OF.get(wordOf(name)) ?? null;
}

/** The section that the names in its rows belong to whatever the language, or null. */
export function sectionOfValues(names: readonly string[]): InsightsSection | null {
	if (names.length === 0) return null;
	const found = SECTION_VALUES.find(([, looks]) => names.every((name) => looks.test(name)));
	return found?.[0] ?? null;
}

/** What a column of a section's table holds; null for what is not read. */
export type InsightsColumn = 'category' | 'name' | 'share' | 'affinity';

/** What a header stands for in the table of a section. */
export function columnNamed(name: string): InsightsColumn | null {
	const word = wordOf(name);
	if (CATEGORIES.has(word)) return 'category';
	if (SECTION_OF.has(word)) return 'name';
	if (AFFINITY_WORD.test(word)) return 'affinity';
	return SHARE_WORD.test(word) ? 'share' : null;
}

/** Whether a cell is the first one of Audience insights. */
export function isViewName(cell: string): boolean {
	return VIEWS.has(wordOf(withoutSurroundings(cell)));
}

/** What a header stands for in the two rows at a file's start. */
export function headColumnNamed(name: string): 'date' | 'size' | null {
	const word = wordOf(name);
	if (DATE_WORDS.has(word)) return 'date';
	return SIZE_WORD.test(word) ? 'size' : null;
}

/** The audience that a text names (`Your total audience`, `YOUR_ENGAGED_AUDIENCE`), or null. */
export function audienceNamed(text: string): InsightsAudience | null {
	const word = wordOf(text);
	if (PLATFORM_WORD.test(word) && !YOUR_WORD.test(word)) return 'pinterest';
	if (ENGAGED_WORD.test(word)) return 'engaged';
	return TOTAL_WORD.test(word) ? 'total' : null;
}
