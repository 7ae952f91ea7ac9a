import type { HourFigures, Query } from '../model/query';
import type { EngineData } from './engine-data';
import { pinMask } from './pin-mask';
import { hourFigures } from './hours';
import { ownTaskOf } from './own-values';
import type { Plan } from './plan';
import { assign, onAll } from './scanner';

/**
 * Sums by hour of the week over all events that pass.
 * @param plan by day
 */
export async function weekHours(
	{ filter, subject }: Query,
	plan: Plan,
	data: EngineData
): Promise<HourFigures> {
	const own = ownTaskOf(filter, data.own);
	const task = { filter, pins: await pinMask({ filter, subject }, data), accounts: data.accounts, own };
	const sums = await onAll(assign(plan, data.scanners), ({ scanner, share }) =>
		scanner.scanHours(share, task)
	);
	return hourFigures(sums);
}
