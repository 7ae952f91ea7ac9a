import type { EventFiles } from './event-file';
import type { Measures } from './measures';
import type { BenchSite } from './site';

/** What a scenario works with. */
export interface Bench {
	readonly events: number;
	/** Runs that count; run 0 comes before them and does not. */
	readonly runs: number;
	readonly site: BenchSite;
	readonly files: EventFiles;
	readonly measures: Measures;
	/** Says in a line what figures alone do not. */
	readonly note: (text: string) => void;
}

export interface Scenario {
	readonly name: string;
	/** What is measured, and of whom. */
	readonly about: string;
	/** Whether it runs only when it is asked for by name. */
	readonly isOptional?: boolean;
	run(bench: Bench): Promise<void>;
}

export const MB = 1_000_000;
