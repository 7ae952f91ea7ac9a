import type { DataHost } from '$lib/model/host';

// See https://svelte.dev/docs/kit/types#app.d.ts
declare global {
	namespace App {}

	/** The host that the site is built for, which then holds the events; null in every other build (vite.config.ts). */
	const __CLICKHOUSE__: DataHost | null;
}
