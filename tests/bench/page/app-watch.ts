import type { AppWatch, ChangeTimes, LongTasks } from './calls';

/** Runs in the app's own page before its scripts do, and takes times where no message to the outside blurs them. */

const main = () => document.querySelector('main');
const isReady = () => main()?.dataset.ready === 'true';
const importState = () => document.querySelector<HTMLElement>('[data-import]')?.dataset.import;

/** Waits until the page, after any change to it, is as asked; resolves with the time of that change. */
function whenPage(isSo: () => boolean): Promise<number> {
	return new Promise((resolve) => {
		if (isSo()) return resolve(performance.now());
		const observer = new MutationObserver(() => {
			if (!isSo()) return;
			observer.disconnect();
			resolve(performance.now());
		});
		observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
	});
}

/** The time at which a frame that was begun after this call has been drawn. */
function framePainted(): Promise<number> {
	return new Promise((resolve) =>
		requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => resolve(performance.now());
			port2.postMessage(null);
		})
	);
}

async function outcomeSince(startedAt: number): Promise<ChangeTimes> {
	const readyAt = await whenPage(isReady);
	return { readyMs: readyAt - startedAt, paintedMs: (await framePainted()) - startedAt };
}

function click(selector: string): void {
	const element = document.querySelector<HTMLElement>(selector);
	if (!element) throw new Error(`the page has no ${selector}`);
	element.click();
}

const turn = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const tasks: PerformanceEntry[] = [];
const taskObserver = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
taskObserver.observe({ type: 'longtask', buffered: true });

const firstFigures = whenPage(() =>
	[...document.querySelectorAll<HTMLDataElement>('[data-tile] data')].some((figure) => figure.value !== '')
);

/** Begun here, since a question from outside comes some time after it. */
const firstReady = whenPage(isReady);

function takeLongTasks(): LongTasks {
	tasks.push(...taskObserver.takeRecords());
	const taken = tasks.splice(0);
	return {
		count: taken.length,
		longestMs: taken.reduce((longest, { duration }) => Math.max(longest, duration), 0)
	};
}

window.appWatch = {
	importEnd: async () => {
		takeLongTasks(); // those of loading the page are not the import's
		const startedAt = await new Promise<number>((resolve) =>
			document.addEventListener('change', () => resolve(performance.now()), { capture: true, once: true })
		);
		await whenPage(() => importState() === 'running');
		const doneAt = await whenPage(() => importState() !== 'running');
		if (importState() !== 'done') throw new Error(`the import ended as ${importState()}`);
		const readyAt = await whenPage(isReady);
		return { doneMs: doneAt - startedAt, readyMs: readyAt - startedAt };
	},

	change: async (selector) => {
		const startedAt = performance.now();
		click(selector);
		await whenPage(() => !isReady());
		return outcomeSince(startedAt);
	},

	storm: async (selectors, everyMs) => {
		let startedAt = 0;
		for (const selector of selectors) {
			startedAt = performance.now();
			click(selector);
			await turn(everyMs);
		}
		return outcomeSince(startedAt);
	},

	drag: async (frames, restAt) => {
		const edge = document.querySelector<HTMLElement>('.strip .to');
		const strip = edge?.parentElement;
		const tile = document.querySelector<HTMLDataElement>('[data-tile="impressions"] data');
		if (!edge || !strip || !tile) throw new Error('the page has no brush');
		strip.setPointerCapture = () => {}; // what is dispatched has no pointer
		const { left, width, top } = edge.getBoundingClientRect();
		const room = left - strip.getBoundingClientRect().left;
		const send = (type: string, x: number) =>
			strip.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: top + 5, bubbles: true }));
		let movedAt = 0;
		let shown = tile.value;
		const paintedMs: number[] = [];
		const observer = new MutationObserver(() => {
			if (tile.value === shown) return;
			shown = tile.value;
			const since = movedAt;
			void framePainted().then((at) => paintedMs.push(at - since));
		});
		observer.observe(tile, { attributes: true });
		send('pointerdown', left + width / 2);
		for (let frame = 1; frame <= frames; frame++) {
			await framePainted();
			const part = 1 - Math.abs(1 - (2 * frame) / frames); // there and back
			movedAt = performance.now();
			send('pointermove', left + width / 2 - room * part);
		}
		send('pointermove', left + width / 2 - room * restAt);
		await framePainted();
		const startedAt = performance.now();
		send('pointerup', left + width / 2 - room * restAt);
		const readyAt = await whenPage(isReady);
		observer.disconnect();
		return { paintedMs, readyMs: readyAt - startedAt };
	},

	start: async () => ({ figuresMs: await firstFigures, readyMs: await firstReady }),

	longTasks: takeLongTasks
} satisfies AppWatch;
