import { createContext } from 'svelte';
import type { Exports } from './exports.svelte';
import type { Imports } from './imports.svelte';
import type { Copies } from './copies.svelte';
import type { Device } from './device.svelte';
import type { Home } from './home.svelte';
import type { Inbox } from './inbox.svelte';
import type { Own } from './own.svelte';
import type { Paper } from './paper.svelte';
import type { Session } from './session.svelte';
import type { Sheet } from './sheet.svelte';
import type { Shortcuts } from './shortcuts.svelte';
import type { Workspaces } from './workspaces.svelte';
import type { ZoneOffer } from './zone-offer.svelte';

/** The state that the layout makes and every component below it may use. */
export interface App {
	readonly session: Session;
	readonly home: Home;
	readonly own: Own;
	readonly imports: Imports;
	readonly copies: Copies;
	readonly exports: Exports;
	readonly inbox: Inbox;
	readonly sheet: Sheet;
	readonly zoneOffer: ZoneOffer;
	readonly workspaces: Workspaces;
	readonly shortcuts: Shortcuts;
	readonly device: Device;
	readonly paper: Paper;
	/** Opens the browser's file picker. */
	readonly pickFiles: () => void;
	/** The same for a folder. */
	readonly pickFolder: () => void;
}

const [getApp, setApp] = createContext<App>();
export { getApp, setApp };
