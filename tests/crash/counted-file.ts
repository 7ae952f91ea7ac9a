/** Event files whose figures are known by counting along, without anything of the app's. */

export interface CountedFile {
	readonly name: string;
	readonly text: string;
	readonly figures: Figures;
	/** Of the rows whose campaign is FEW. */
	readonly few: Figures;
}

/** A value of the column `campaign`, which is nobody's unless it is kept. */
export const FEW = 'few';

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
	const lines = ['timestamp,event,pin_id,user_id,device,count,pin_title,board,campaign'];
	const [all, few] = [noFigures(), noFigures()];
	for (let i = 0; i < rows; i++) {
		const count = 1 + (i % 5);
		const isSave = i % 9 === 0;
		const person = `person-${first + (i % 20_000)}`;
		for (const figures of i % 3 === 0 ? [all, few] : [all]) {
			if (isSave) figures.engagements += count;
			else figures.impressions += count;
			figures.people.add(person);
		}
		const day = String(1 + (i % 28)).padStart(2, '0');
		const event = isSave ? 'save' : 'impression';
		lines.push(
			`2026-05-${day}T10:00:00Z,${event},pin-${first + (i % 500)},${person},mobile,${count},Title ${i % 500},Board ${i % 20},${i % 3 === 0 ? FEW : 'other'}`
		);
	}
	return { name, text: `${lines.join('\n')}\n`, figures: all, few };
}

function noFigures() {
	return { impressions: 0, engagements: 0, people: new Set<string>() };
}

/** What the tiles show of some figures. */
export function shownFigures({ impressions, engagements, people }: Figures): string {
	return `${impressions} impressions, ${engagements} engagements, ${people.size} people`;
}

/** What the tiles show where all these files are stored. */
export function shownOf(...files: readonly CountedFile[]): string {
	const sum = (metric: 'impressions' | 'engagements') =>
		files.reduce((total, { figures }) => total + figures[metric], 0);
	const people = new Set(files.flatMap(({ figures }) => [...figures.people]));
	return shownFigures({ impressions: sum('impressions'), engagements: sum('engagements'), people });
}
