import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runServeCommand } from '../serve-command';

/** The npm package's command, `tackboard`: serves the site that is in the package beside it. */

const manifest = readFileSync(new URL('package.json', import.meta.url), 'utf8');

await runServeCommand({
	program: 'tackboard',
	version: (JSON.parse(manifest) as { readonly version: string }).version,
	folder: fileURLToPath(new URL('site', import.meta.url)),
	isPortFixed: true,
	endsWithParent: false
});
