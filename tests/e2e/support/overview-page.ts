import type { Locator, Page } from 'playwright/test';
import { expect } from './test';

/** The Overview page as the tests speak of it. */
export class OverviewPage {
	readonly page: Page;
	readonly main: Locator;
	readonly importState: Locator;

	constructor(page: Page) {
		this.page = page;
		this.main = page.locator('main');
		this.importState = page.locator('[data-import]');
	}

	/** Opens the page at a query and waits until it shows what that asks. */
	async open(search = ''): Promise<void> {
		await this.page.goto(`/${search}`);
		await this.ready();
	}

	async ready(): Promise<void> {
		await expect(this.main).toHaveAttribute('data-ready', 'true', { timeout: 20_000 });
	}

	/** Imports files by way of the labelled field, and waits for the end of that run. */
	async importFiles(...files: { name: string; text: string }[]): Promise<void> {
		await this.importInto((field) =>
			field.setInputFiles(
				files.map(({ name, text }) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }))
			)
		);
	}

	/** The same for a file that is not text, or not only. */
	async importBytes({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<void> {
		await this.importInto((field) =>
			field.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
		);
	}

	/** Imports a file from the disk, and waits for the end of that run. */
	async importPath(path: string): Promise<void> {
		await this.importInto((field) => field.setInputFiles(path));
	}

	private async importInto(choose: (field: Locator) => Promise<void>): Promise<void> {
		const run = Number(await this.importState.getAttribute('data-run')) + 1;
		await choose(this.page.getByLabel('Import files', { exact: true }));
		await expect(this.importState).toHaveAttribute('data-run', String(run));
		await expect(this.importState).not.toHaveAttribute('data-import', 'running', { timeout: 20_000 });
		await this.ready();
	}

	/** The exact figure of a tile. */
	tile(metric: string): Locator {
		return this.page.locator(`[data-tile="${metric}"] data`);
	}

	/** The ids of Top Pins, best first. */
	pinIds(): Promise<string[]> {
		return this.page
			.locator('tr[data-pin]')
			.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-pin') ?? ''));
	}
}
