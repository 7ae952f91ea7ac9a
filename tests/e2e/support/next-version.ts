import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve, type StaticSite } from '../../../src/tools/serve';
import { giveServiceWorkerItsFiles } from '../../../src/tools/site-files';

/** A copy of the built site on a server of its own, which can go on to a next version. */
export interface ChangingSite extends StaticSite {
	/** Puts another version in the place of what is served: its page says so in `data-version`. */
	goOn(version: string): Promise<void>;
}

export async function serveChanging(base: string): Promise<ChangingSite> {
	const folder = await mkdtemp('test-results/site-');
	await cp('build', folder, { recursive: true });
	const site = await serve({ folder, port: 0, base, isPacked: false });
	return {
		url: site.url,
		goOn: async (version) => {
			const page = join(folder, 'index.html');
			const html = await readFile(page, 'utf8');
			await writeFile(
				page,
				html.replace(/<html lang="en"[^>]*>/, `<html lang="en" data-version="${version}">`)
			);
			await giveServiceWorkerItsFiles(folder);
		},
		close: async () => {
			await site.close();
			await rm(folder, { recursive: true, force: true });
		}
	};
}
