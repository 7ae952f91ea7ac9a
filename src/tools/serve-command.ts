import { parseArgs } from 'node:util';
import { whenToldToEnd } from './parent';
import { HIGHEST_PORT, serve } from './serve';

/** The command line of the server: `npm start`, the npm package's `tackboard`, the container and the tests use it. */

const DEFAULT_PORT = 4173;

/** What differs between the programs that serve. */
export interface ServeCommand {
	/** How the program is called, for its help. */
	readonly program: string;
	readonly version: string;
	/** The folder to serve where none is chosen. */
	readonly folder: string;
	/**
	 * Whether a taken port is an error. Browsers keep data by address, port included: at another port a user would find
	 * nothing of what was imported before.
	 */
	readonly isPortFixed: boolean;
	/** Whether it also ends when the process that started it has ended, so that no forgotten server holds a port. */
	readonly endsWithParent: boolean;
}

function helpOf(program: string): string {
	return `Usage: ${program} [options]

Serves Tackboard, Pin analytics that run in the browser, until Ctrl+C ends it.

  --port NUMBER   port, default ${DEFAULT_PORT} or the variable PORT; 0 is any free port
  --host ADDRESS  address to listen on, default this machine alone; 0.0.0.0 is every network
  --base PATH     path that the site is served under, default /
  --folder PATH   serve another build of the site
  --unpacked      send files without compressing them
  --version       print the version
  --help          print this text

A browser keeps data by address: use the same host and port each time, or move data with a
backup (Data page). Reached from another machine the site needs https: put a proxy in front.
`;
}

function portOf(text: string): number {
	const port = Number(text);
	if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT) return port;
	throw new Error(`The port must be a whole number from 0 to ${HIGHEST_PORT}, and not ${text || 'empty'}.`);
}

async function run(command: ServeCommand): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: process.env.PORT || String(DEFAULT_PORT) },
			host: { type: 'string' },
			base: { type: 'string', default: '/' },
			folder: { type: 'string', default: command.folder },
			unpacked: { type: 'boolean', default: false },
			version: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false }
		}
	});
	if (values.help) return void process.stdout.write(helpOf(command.program));
	if (values.version) return console.log(command.version);
	const { folder, base, unpacked, host } = values;
	const site = await serve({
		folder,
		port: portOf(values.port),
		isPortFixed: command.isPortFixed,
		base,
		isPacked: !unpacked,
		...(host === undefined ? {} : { host })
	});
	whenToldToEnd(() => void site.close(), { withParent: command.endsWithParent });
	console.log(`Tackboard is at ${site.url}`);
}

/**
 * Serves as the command line says until the process is asked to end. What is wrong with the options, or why it cannot
 * listen, is printed as one sentence, and the exit code is 2.
 */
export async function runServeCommand(command: ServeCommand): Promise<void> {
	try {
		await run(command);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 2;
	}
}
