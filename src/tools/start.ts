import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { whenToldToEnd } from './parent';
import { serveBuild } from './serve-build';

/** `npm start`: builds the site and serves it, until this process or the one that started it ends. */

/** @returns whether it was built; why not stands on the screen by then */
function build(): Promise<boolean> {
	return new Promise((resolve) => {
		const vite = spawn(process.execPath, [join('node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
			stdio: 'inherit'
		});
		whenToldToEnd(() => vite.kill());
		vite.once('error', () => resolve(false));
		vite.once('close', (code) => resolve(code === 0));
	});
}

if (await build()) await serveBuild();
else process.exitCode = 1;
