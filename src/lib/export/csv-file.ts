/** A CSV file that is put together in pieces: UTF-8 with a byte order mark, which Excel needs. */
export class CsvFile {
	#parts: BlobPart[] = ['\uFEFF'];
	#rows: string[] = [];
	#characters = 0;

	/** Adds a finished row, or several. */
	write(rows: string): void {
		this.#rows.push(rows);
		this.#characters += rows.length;
		if (this.#characters > 1 << 22) this.#flush();
	}

	finish(): Blob {
		this.#flush();
		return new Blob(this.#parts, { type: 'text/csv;charset=utf-8' });
	}

	/** Blobs are kept by the browser, on disk if need be; strings are not. */
	#flush(): void {
		this.#parts.push(new Blob([this.#rows.join('')]));
		this.#rows = [];
		this.#characters = 0;
	}
}
