import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page, type ViewportSize } from 'playwright/test';
import { fullBrowserOptions } from '../../support/browser-config';
import type { Watch } from './test';

/** Runs `use` on a page of a browser of its own that is set to let no site keep anything. */
export async function inForgetfulBrowser(
	watch: Watch,
	viewport: ViewportSize | null,
	use: (page: Page) => Promise<void>
): Promise<void> {
	const profile = await mkdtemp('test-results/profile-');
	await mkdir(join(profile, 'Default'), { recursive: true });
	const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
	await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
	const context = await chromium.launchPersistentContext(profile, {
		viewport,
		locale: 'en-GB',
		serviceWorkers: 'block',
		...fullBrowserOptions()
	});
	try {
		watch.add(context);
		await use(context.pages()[0] ?? (await context.newPage()));
	} finally {
		await context.close();
		await rm(profile, { recursive: true, force: true });
	}
}
