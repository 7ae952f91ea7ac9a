import type { Catalogue } from '../../src/lib/columns/catalogue';
import type { Label } from '../../src/lib/model/own-words';

/** Labels of invented Pins: named by hand and by a file, and by rules. */

/** Their names, '' for the Pins without one. */
export const INVENTED_LABELS = [
	'by hand, and odd',
	'of a file',
	'by words',
	'by days',
	'by one letter',
	'of none',
	''
] as const;

function label(name: (typeof INVENTED_LABELS)[number], some: Partial<Label>): Label {
	const rule = { words: '', createdFrom: null, createdTo: null };
	return { id: name, changedAt: 1, name, ...rule, pinIds: [], ofFiles: [], ...some };
}

/** Every fifth Pin is named by hand, every seventh by a file; the rules take in some each. */
export function inventLabels(catalogue: Catalogue): Label[] {
	const every = (nth: number) =>
		Array.from({ length: catalogue.pinCount }, (_, pin) => catalogue.pinId(pin)).filter(
			(_, pin) => pin % nth === 0
		);
	const words = catalogue.boards.names.find((name) => /^[a-z ]{3,}$/i.test(name)) ?? 'a';
	const ofFiles = [{ fingerprint: 'f', pinIds: [...every(7), 'not stored'] }];
	return [
		label('by hand, and odd', { pinIds: every(5) }),
		label('of a file', { ofFiles, pinIds: every(35) }),
		label('by words', { words: words.toUpperCase() }),
		label('by days', { createdFrom: '2024-01-01', createdTo: '2024-06-30' }),
		label('by one letter', { words: 'k' }),
		label('of none', {})
	];
}
