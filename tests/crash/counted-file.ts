/** Event files whose figures are known by counting along, without anything of the app's. */

export interface CountedFile {
	readonly name: string;
	readonly text: string;
	readonly figures: Figures;
}

/** What the tiles show over all days. */
export interface Figures {
	readonly impressions: number;
	readonly engagements: number;
	/** Ids of all people. */
	readonly people: ReadonlySet<string>;
}

/**
 * @param first number of the first person and Pin, so that files can differ or overlap in them
 */
export function countedFile(name: string, rows: number, first: number): CountedFile {
	const lines = ['timestamp,event,pin_id,user_id,device,count,pin_title,board'];
	let impressions = 0;
	let engagements = 0;
	const people = new Set<string>();
	for (let i = 0; i < rows; i++) {
		const count = 1 + (i % 5);
		const isSave = i % 9 === 0;
		const person = `person-${first + (i % 20_000)}`;
		if (isSave) engagements += count;
		else impressions += count;
		people.add(person);
		const day = String(1 + (i % 28)).padStart(2, '0');
		const event = isSave ? 'save' : 'impression';
		lines.push(
			`2026-05-${day}T10:00:00Z,${event},pin-${first + (i % 500)},${person},mobile,${count},Title ${i % 500},Board ${i % 20}`
		);
	}
	return { name, text: `${lines.join('\n')}\n`, figures: { impressions, engagements, people } };
}

/** What the tiles show where all these files are stored. */
export function shownOf(...files: readonly CountedFile[]): string {
	const sum = (metric: 'impressions' | 'engagements') =>
		files.reduce((total, { figures }) => total + figures[metric], 0);
	const people = new Set(files.flatMap(({ figures }) => [...figures.people]));
	return `${sum('impressions')} impressions, ${sum('engagements')} engagements, ${people.size} people`;
}
