/** A part of the people: those whose number leaves the remainder `from` when it is divided by `every`. */
export interface PeoplePart {
	readonly every: number;
	readonly from: number;
}

/** How many places the people of a part need. */
export function placesOf(userCount: number, { every }: PeoplePart): number {
	return Math.floor(userCount / every) + 1;
}
