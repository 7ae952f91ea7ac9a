import type { Query, Subject } from '../model/query';
import type { PinMask } from './plan';
import type { EngineData } from './engine-data';

/** The Pins that count: those of the subject that bear any of the labels asked for; null where all do. */
export async function pinMask(
	{ subject, filter }: Pick<Query, 'subject' | 'filter'>,
	{ catalogue, labels, onlyPins = null }: Pick<EngineData, 'catalogue' | 'labels' | 'onlyPins'>
): Promise<PinMask> {
	const wanted = filter.values.label ?? [];
	const { pinCount } = wanted.length > 0 ? await catalogue() : { pinCount: 0 };
	const bearers = async () => (labels ? (await labels()).mask(wanted) : new Uint8Array(pinCount));
	const labelled = wanted.length > 0 ? await bearers() : null;
	return both(both(await subjectMask(subject, catalogue), labelled), onlyPins);
}

/** The Pins of both masks. */
export function both(a: PinMask, b: PinMask): PinMask {
	if (a === null || b === null) return a ?? b;
	return a.map((counts, pin) => counts & (b[pin] as number));
}

async function subjectMask(subject: Subject | null, catalogue: EngineData['catalogue']): Promise<PinMask> {
	if (subject === null) return null;
	const known = await catalogue();
	if (subject.kind === 'pin') {
		const pin = known.pinNumber(subject.name);
		return Uint8Array.from({ length: known.pinCount }, (_, number) => (number === pin ? 1 : 0));
	}
	const { names, ofPin } = known.boards;
	const board = names.indexOf(subject.name);
	return Uint8Array.from(ofPin, (number) => (number === board ? 1 : 0));
}
