/** A home folder as it is used: files that are listed, read, written whole and removed. */
export interface HomeDirectory {
	/** The names of its files; folders in it are passed over. */
	names(): Promise<readonly string[]>;
	/**
	 * A file as it is now; null where it is not there any more.
	 * @throws NotReadableError and the like
	 */
	file(name: string): Promise<File | null>;
	/**
	 * Writes a file whole, in place of one of that name. Where it ends in between, at most a cut file is left.
	 * @throws QuotaExceededError where the disk is full, and the like
	 */
	write(name: string, bytes: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void>;
	remove(name: string): Promise<void>;
}
