/** A browser's tab, as far as the main job needs one. Each browser has its own way to provide it. */
export interface Tab {
	/** Goes to an address and waits until it has loaded. */
	open(url: string): Promise<void>;
	reload(): Promise<void>;
	/** Runs a function in the page: of its surroundings it sees nothing but the argument. Promises are awaited. */
	evaluate<Argument, Result>(
		run: (argument: Argument) => Result,
		argument: Argument
	): Promise<Awaited<Result>>;
	/** Presses the one element in sight that an XPath finds, where a person would; waits until there is one. */
	click(xpath: string): Promise<void>;
	/** Gives files of this machine to the file field that an XPath finds. */
	chooseFiles(xpath: string, paths: readonly string[]): Promise<void>;
	/** Does what starts a download, and waits for its end. */
	download(start: () => Promise<void>): Promise<Download>;
	/** What went wrong in the page since it was opened; empty too where the browser does not report it. */
	errors(): readonly string[];
	/** Ends the browser and leaves nothing behind. */
	close(): Promise<void>;
}

export interface Download {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** The size of every browser's page: that of a laptop. */
export const VIEWPORT = { width: 1280, height: 900 };
