import type { Locator, Page } from 'playwright/test';
import { expect } from './test';

/** Clicks a link to an address of the site. Returns where it leads. Runs in the page. */
export function clickLink(address: string): string {
	const link = Object.assign(document.createElement('a'), { href: address });
	document.querySelector('main')?.append(link);
	const { href } = link;
	link.click();
	link.remove();
	return href;
}

/** The Overview page as the tests use it. */
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

	/**
	 * Goes to an address of the site, such as `pin/?id=101`, as a link on the page does, and waits until it is shown.
	 * Nothing is loaded anew.
	 */
	async follow(address = ''): Promise<void> {
		const href = await this.page.evaluate(clickLink, `/${address}`);
		await this.page.waitForFunction((url) => location.href === url, href);
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
		const run = (await this.runs()) + 1;
		await choose(this.page.getByLabel('Import files', { exact: true }));
		await expect(this.importState).toHaveAttribute('data-run', String(run));
		await expect(this.importState).not.toHaveAttribute('data-import', 'running', { timeout: 20_000 });
		await this.ready();
	}

	/** Takes back, in its report, what the last run brought in, and closes that. */
	async undoImport(): Promise<void> {
		const report = this.page.getByRole('region', { name: 'Import report' });
		await report.getByRole('button', { name: 'Undo', exact: true }).first().click();
		await expect(report).toContainText('Import undone');
		await report.getByRole('button', { name: 'Dismiss' }).click();
		await this.ready();
	}

	/** How many imports were started since the page was loaded. */
	async runs(): Promise<number> {
		return Number(await this.importState.getAttribute('data-run'));
	}

	/** Deletes all data, from the Data page, and waits for the first visit that follows. */
	async deleteAllData(): Promise<void> {
		await this.page.getByRole('button', { name: 'Delete all data' }).click();
		const dialog = this.page.getByRole('dialog');
		await expect(dialog).toContainText('the files in them stay where they are');
		await dialog.getByRole('button', { name: 'Delete all data' }).click();
		await this.page.waitForURL((url) => !url.pathname.includes('data'));
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
