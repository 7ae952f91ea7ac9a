import type { Page } from 'playwright';
import { importEventFile } from '../app';
import { withFreshProfile } from '../browser-profile';
import type { Bench, Scenario } from '../scenario';

const STORM_CHANGES = 30;
const STORM_EVERY_MS = 20;

const preset = (value: string) => `input[name="range"][value="${value}"]`;
const device = (value: string) => `input[name="device"][value="${value}"]`;

/** What is clicked, in order; each is a change from what was before it. */
export const CHANGES: readonly { readonly name: string; readonly selector: string }[] = [
	{ name: 'preset All, click to painted', selector: preset('all') },
	{ name: 'a device ticked over all days, click to painted', selector: device('mobile') },
	{ name: 'a device unticked over all days, click to painted', selector: device('mobile') },
	{ name: 'preset 30 days, click to painted', selector: preset('30d') },
	{ name: 'a device ticked over 30 days, click to painted', selector: device('desktop') },
	{ name: 'a device unticked over 30 days, click to painted', selector: device('desktop') }
];

const STORM_PRESETS = ['7d', 'all', '14d', '90d', 'all', '60d'] as const;
const STORM = Array.from({ length: STORM_CHANGES }, (_, change) =>
	preset(STORM_PRESETS[change % STORM_PRESETS.length]!)
);

async function addLongTasks(
	{ measures }: Bench,
	page: Page,
	during: string,
	isCounted: boolean
): Promise<void> {
	const { count, longestMs } = await page.evaluate(() => window.appWatch.longTasks());
	if (!isCounted) return;
	measures.add(`longest task over 50 ms during ${during} (0: none)`, 'ms', longestMs);
	measures.add(`tasks over 50 ms during ${during}`, 'tasks', count);
}

export const pageScenario: Scenario = {
	name: 'page',
	about: `The app's own page: from the click on a control until the page has the answer on screen and a frame has been
drawn, and tasks that would keep it from its user, during the import and during ${STORM_CHANGES} changes of the range
${STORM_EVERY_MS} ms apart. Each run in a new browser.`,
	run: async (bench) => {
		const file = await bench.files.file(bench.events);
		for (let run = 0; run <= bench.runs; run++) {
			const isCounted = run > 0;
			await withFreshProfile(async (context) => {
				const { page } = await importEventFile(context, bench.site, file);
				await addLongTasks(bench, page, 'the import', isCounted);
				// Twice: the first time round nothing has been read from the disk yet.
				for (const isFirst of [true, false]) {
					for (const { name, selector } of CHANGES) {
						const { paintedMs } = await page.evaluate((control) => window.appWatch.change(control), selector);
						if (isCounted && !isFirst) bench.measures.add(name, 'ms', paintedMs);
					}
				}
				await addLongTasks(bench, page, 'single changes', isCounted);
				const { paintedMs } = await page.evaluate(
					([controls, everyMs]) => window.appWatch.storm(controls, everyMs),
					[STORM, STORM_EVERY_MS] as const
				);
				if (isCounted)
					bench.measures.add(`last of ${STORM_CHANGES} quick changes, click to painted`, 'ms', paintedMs);
				await addLongTasks(bench, page, `${STORM_CHANGES} quick changes`, isCounted);
			});
		}
	}
};
