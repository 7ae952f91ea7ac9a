import type { PinClaims } from '../columns/pin-claims';
import { namesIn, type ReportClaims } from '../columns/report-claims';
import { claimsChecksum } from './checksum';
import {
	claimsOf,
	type BatchId,
	type LiveBatch,
	type StoredClaims,
	type WorkspaceDatabase
} from './database';

/** Claims as the database holds them. Those of reports are checked when they are read. */

/** The claims of a report as records, each with its checksum. */
export async function toStoredClaims(
	pieces: readonly ReportClaims[]
): Promise<Omit<StoredClaims, 'batchId'>[]> {
	return Promise.all(
		pieces.map(async ({ of, claims }, part) => ({ part, of, claims, checksum: await claimsChecksum(claims) }))
	);
}

/**
 * Claims in the order of import. What is damaged is left out.
 * @param batches the live ones, in that order
 */
export async function claimsInOrder(
	stored: readonly StoredClaims[],
	batches: readonly LiveBatch[]
): Promise<PinClaims[]> {
	const places = new Map(batches.map(({ id }, place) => [id, place]));
	const placeOf = ({ batchId }: StoredClaims) => places.get(batchId) ?? -1;
	return (await wholeClaims(stored)).sort((a, b) => placeOf(a) - placeOf(b)).map(({ claims }) => claims);
}

/** How many Pins and boards the claims of a batch are about, as far as they can be read. */
export async function countNames(db: WorkspaceDatabase, batchId: BatchId): Promise<number> {
	const whole = await wholeClaims(await claimsOf(db, batchId).toArray());
	return whole.reduce((sum, { claims }) => sum + namesIn(claims), 0);
}

/** Claims without what is damaged. */
export async function wholeClaims(stored: readonly StoredClaims[]): Promise<StoredClaims[]> {
	const whole: StoredClaims[] = [];
	for (const each of stored) {
		if (each.checksum === undefined) whole.push(each);
		// What is not even made like claims has no checksum.
		else if (each.checksum === (await claimsChecksum(each.claims).catch(() => null))) whole.push(each);
	}
	return whole;
}
