import { createContext } from 'svelte';
import type { Exports } from './exports.svelte';
import type { Imports } from './imports.svelte';
import type { Session } from './session.svelte';
import type { Sheet } from './sheet.svelte';
import type { ZoneOffer } from './zone-offer.svelte';

/** The state that the layout makes and every component below it may use. */
export interface App {
	readonly session: Session;
	readonly imports: Imports;
	readonly exports: Exports;
	readonly sheet: Sheet;
	readonly zoneOffer: ZoneOffer;
	/** Opens the browser's file picker. */
	readonly pickFiles: () => void;
}

const [getApp, setApp] = createContext<App>();
export { getApp, setApp };
