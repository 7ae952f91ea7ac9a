import type { Change, ChangedRow, PartChanges } from '../../model/change';
import { chosenValues, type PartAmounts } from './part-changes';

/** Audiences do not add up: their changes are listed, not taken apart. */

/** The change of one audience: its own. */
export function changeOfPeople(now: number | null, then: number | null): Change {
	return { then, now, contribution: now === null || then === null ? null : now - then, ofRate: null };
}

/**
 * The values of a part with the largest changes up and down, without a rest.
 * @param amounts the audiences as parts; NaN where they are unknown
 */
export function peopleChanges(amounts: PartAmounts): PartChanges {
	const { part, now, then, name } = amounts;
	const own = now.parts.map((people, i) => people - (then.parts[i] as number));
	const whereKnown = (occurs: Uint8Array) => occurs.map((one, value) => (Number.isNaN(own[value]) ? 0 : one));
	const known = {
		...amounts,
		now: { ...now, occurs: whereKnown(now.occurs) },
		then: { ...then, occurs: whereKnown(then.occurs) }
	};
	const all = { own: own.map((change) => (Number.isNaN(change) ? 0 : change)), mix: own.map(() => 0) };
	const chosen = chosenValues(known, all);
	const rows = chosen.map((value): ChangedRow => ({
		name: name(value),
		title: '',
		board: '',
		...changeOfPeople(now.parts[value] as number, then.parts[value] as number),
		presence: then.occurs[value] === 0 ? 'new' : now.occurs[value] === 0 ? 'gone' : null
	}));
	return { part, rows, rest: null };
}
