import { readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright';

const EVERY_MS = 100;

/** In bytes, above what it was when the watch began. */
export interface PeakMemory {
	/** Of the one renderer that grew most: the page and its workers. */
	readonly renderer: number;
	/** Of all of the browser's processes together, counting what is theirs alone. */
	readonly all: number;
}

interface Process {
	readonly type: string;
	readonly resident: number;
	readonly anonymous: number;
}

function kilobytes(status: string, name: string): number {
	return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1_024;
}

/**
 * Does something while the memory of a browser's processes is watched. That takes their processor time: an import of ten
 * million rows took a tenth longer, so nothing is timed meanwhile.
 * @returns what it came to, and the memory; null where that is not wanted, or the system does not report it (all but Linux)
 */
export async function whileWatched<T>(
	context: BrowserContext,
	act: () => Promise<T>,
	isWatched = true
): Promise<{ readonly result: T; readonly memory: PeakMemory | null }> {
	const browser = context.browser();
	if (!isWatched || process.platform !== 'linux' || !browser) return { result: await act(), memory: null };
	const session = await browser.newBrowserCDPSession();

	const look = async (): Promise<Map<number, Process>> => {
		const { processInfo } = await session.send('SystemInfo.getProcessInfo');
		const processes = new Map<number, Process>();
		for (const { id, type } of processInfo) {
			try {
				const status = await readFile(`/proc/${id}/status`, 'utf8');
				const [resident, anonymous] = [kilobytes(status, 'VmRSS'), kilobytes(status, 'RssAnon')];
				processes.set(id, { type, resident, anonymous });
			} catch {
				// It has ended meanwhile.
			}
		}
		return processes;
	};
	const sumOf = (processes: Map<number, Process>) =>
		[...processes.values()].reduce((sum, { anonymous }) => sum + anonymous, 0);

	const idle = await look();
	let peak: PeakMemory = { renderer: 0, all: 0 };
	let isOver = false;
	const watching = (async (): Promise<PeakMemory> => {
		while (!isOver) {
			const now = await look();
			const grown = [...now].map(([id, { type, resident }]) =>
				type === 'renderer' ? resident - (idle.get(id)?.resident ?? 0) : 0
			);
			peak = {
				renderer: Math.max(peak.renderer, ...grown),
				all: Math.max(peak.all, sumOf(now) - sumOf(idle))
			};
			await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
		}
		return peak;
	})();
	const ended = () => {
		isOver = true;
		return watching;
	};
	try {
		const result = await act();
		return { result, memory: await ended() };
	} finally {
		await ended().catch(() => undefined); // where something else failed, that is what is told
		await session.detach().catch(() => undefined);
	}
}
