import type { Catalogue } from '../../src/lib/columns/catalogue';
import type { Label } from '../../src/lib/model/own-words';

/** The names of the labels below; no Pin bears the last. */
export const INVENTED_LABELS = [
	'by hand, and odd',
	'of a file',
	'by words',
	'by days',
	'by one letter',
	'of none'
] as const;

/** Every fifth Pin is named by hand, every seventh by a file; the rules take in some each. */
export function inventLabels(catalogue: Catalogue): Label[] {
	const every = (nth: number) =>
		Array.from({ length: catalogue.pinCount }, (_, pin) => catalogue.pinId(pin)).filter(
			(_, pin) => pin % nth === 0
		);
	const words = catalogue.boards.names.find((name) => /^[a-z ]{3,}$/i.test(name)) ?? 'a';
	const ofFiles = [{ fingerprint: 'f', pinIds: [...every(7), 'not stored'] }];
	const [byHand, ofFile, byWords, byDays, byLetter, ofNone] = INVENTED_LABELS;
	return [
		label(byHand, { pinIds: every(5) }),
		label(ofFile, { ofFiles, pinIds: every(35) }),
		label(byWords, { words: words.toUpperCase() }),
		label(byDays, { createdFrom: '2024-01-01', createdTo: '2024-06-30' }),
		label(byLetter, { words: 'k' }),
		label(ofNone, {})
	];
}

/** A label without a rule and without Pins, but for what is given. */
function label(name: string, some: Partial<Label>): Label {
	const rule = { words: '', createdFrom: null, createdTo: null };
	return { id: name, changedAt: 1, name, ...rule, pinIds: [], ofFiles: [], ...some };
}
