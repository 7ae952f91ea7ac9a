import type { Page } from 'playwright/test';

/** What a page asks its workers, by the names of calls (src/lib/worker/protocol.ts). */

interface Scope {
	asked?: string[];
	leaving?: { readonly call: string; readonly address: string } | undefined;
}

/** Keeps the names of calls, and leaves for another view as soon as one is asked. Uses nothing from here. */
function watch(): void {
	const scope = globalThis as unknown as Scope;
	const asked = (scope.asked = [] as string[]);
	const { prototype } = Worker;
	const post = Reflect.get(prototype, 'postMessage') as (...args: unknown[]) => void;
	Object.assign(prototype, {
		postMessage(this: Worker, ...args: [{ readonly name?: string }]) {
			post.apply(this, args);
			const [{ name }] = args;
			if (name === undefined) return;
			asked.push(name);
			if (scope.leaving?.call !== name) return;
			const link = Object.assign(document.createElement('a'), { href: scope.leaving.address });
			scope.leaving = undefined;
			// Before any answer can come.
			queueMicrotask(() => {
				document.body.append(link);
				link.click();
				link.remove();
			});
		}
	});
}

/** From now on what the page asks is known. */
export async function watchCalls(page: Page): Promise<void> {
	await page.evaluate(watch);
}

/** The names of all calls since then, or since this was asked last. */
export async function askedCalls(page: Page): Promise<ReadonlySet<string>> {
	return new Set(await page.evaluate(() => (globalThis as Scope).asked?.splice(0) ?? []));
}

/** Has the page leave for another view as soon as it asks the next call of that name. */
export async function leaveAt(page: Page, call: string, address: string): Promise<void> {
	await page.evaluate((leaving) => void Object.assign(globalThis, { leaving }), { call, address });
}

/** Waits until it has left. */
export async function hasLeft(page: Page): Promise<void> {
	await page.waitForFunction(() => (globalThis as Scope).leaving === undefined);
}
