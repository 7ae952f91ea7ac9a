import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** The two programs that a WebKit under test needs beside it. */

interface Program {
	stop(): Promise<void>;
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill();
	await ended;
}

/** Starts an X server that draws into memory, on the first display that is free. */
export async function startScreen(command: string): Promise<Program & { readonly display: string }> {
	const child = spawn(command, ['-displayfd', '3', '-screen', '0', '1400x1050x24', '-nolisten', 'tcp'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe']
	});
	const number = await new Promise<string>((resolve, reject) => {
		let text = '';
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`${command} ended with ${code}`)));
		child.stdio[3]?.on('data', (chunk: Buffer) => {
			text += chunk.toString();
			if (text.endsWith('\n')) resolve(text.trim());
		});
	});
	return { display: `:${number}`, stop: () => stop(child) };
}

/** Starts the WebDriver of WebKitGTK; `env` is that of the browser too. */
export async function startDriver(
	command: string,
	env: NodeJS.ProcessEnv
): Promise<Program & { readonly url: string }> {
	const port = await freePort();
	const child = spawn(command, [`--port=${port}`], { stdio: 'ignore', env });
	const failed = new Promise<never>((_, reject) => child.once('error', reject));
	const url = `http://127.0.0.1:${port}`;
	await Promise.race([failed, vi.waitFor(() => fetch(`${url}/status`), { timeout: 10_000, interval: 50 })]);
	return { url, stop: () => stop(child) };
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
