import { questionsAfter, withAnswering, type FinishedRun, type OpenQuestion } from '$lib/view/open-questions';

/** The open questions of all workspaces. */
export class Questions {
	#open = $state.raw<readonly OpenQuestion[]>([]);

	/** What files of a workspace wait for, whichever run asked. */
	of(workspace: string): readonly OpenQuestion[] {
		return this.#open.filter((question) => question.workspace === workspace);
	}

	isOpen(key: string | null): boolean {
		return this.#open.some((question) => question.key === key);
	}

	/** Whether a file, or an entry of it, waits for an answer. */
	isAsked(file: File): boolean {
		return this.#open.some((question) => question.file === file);
	}

	/** Marks the question with a key as being answered or as not; null stands for none. */
	mark(key: string | null, isAnswering: boolean): void {
		if (key !== null) this.#open = withAnswering(this.#open, key, isAnswering);
	}

	/** A run is over: takes in what it asks, and closes what it settles. */
	settle(run: FinishedRun): void {
		this.#open = questionsAfter(this.#open, run);
	}

	/** Closes questions; their files are left out. */
	close(questions: readonly OpenQuestion[]): void {
		const keys = questions.map(({ key }) => key);
		this.#open = this.#open.filter(({ key }) => !keys.includes(key));
	}
}
