/** Hands a file to the browser, which saves it where downloads go. */
export function downloadBlob(blob: Blob, name: string): void {
	const link = document.createElement('a');
	const url = URL.createObjectURL(blob);
	link.href = url;
	link.download = name;
	link.hidden = true;
	document.body.append(link);
	link.click();
	link.remove();
	// The browser reads the address after this task; a minute is more than any needs.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
