import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isMain } from './is-main';

/** Makes the WebAssembly module of the import from its source in src/kernel/: `npm run kernel`, after every change there. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The module that the source in src/kernel/ makes goes here, so that it is loaded with the code and not on its own. */
export const KERNEL_MODULE = `${ROOT}src/lib/import/bulk/kernel-module.ts`;

/** Beyond it, addresses would not fit the 32-bit words in which the kernel tells them. */
const MOST_PAGES = 32_767;

/** The text of KERNEL_MODULE. */
export async function kernelModule(): Promise<string> {
	const { default: asc } = await import('assemblyscript/asc');
	let wasm = new Uint8Array(0);
	const { error, stderr } = await asc.main(
		[
			...['src/kernel/index.ts', '--baseDir', ROOT, '--outFile', 'kernel.wasm', '--bindings', 'none'],
			...['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'minimal', '--use', 'abort='],
			...['--maximumMemory', String(MOST_PAGES)]
		],
		{
			writeFile: (_, contents) => {
				if (typeof contents !== 'string') wasm = new Uint8Array(contents);
			}
		}
	);
	if (error) throw new Error(stderr.toString());
	const base64 = Buffer.from(wasm).toString('base64');
	return `/** Made from src/kernel/ by \`npm run kernel\`. */\nexport const KERNEL_BASE64 =\n\t'${base64}';\n`;
}

if (isMain(import.meta.url)) await writeFile(KERNEL_MODULE, await kernelModule());
