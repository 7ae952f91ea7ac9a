import { ifUnset } from '../device/remembered';
import type { Updates } from '../device/updates';

/** What Chromium hands over where the app can be installed. */
interface InstallPrompt extends Event {
	prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/**
 * `offered`: a new version waits for the user's word. `applying`: it was given; an import under way, in whatever tab, is
 * finished first. `replaced`: another tab has gone on to a new version, so this one must not touch what is stored.
 */
export type UpdateState = 'none' | 'offered' | 'applying' | 'replaced';

/** Whether the browser has agreed to keep what is stored; null while that is not known. */
export type Kept = boolean | null;

/** The app as a thing on somebody's machine: installed or not, which version, and how safe what it stores is. */
export class Device {
	#isAwake = $state(false);
	#prompt = $state.raw<InstallPrompt | null>(null);
	#isInstalled = $state(false);
	#isInstallOpen = $state(false);
	#update = $state<UpdateState>('none');
	#isDismissed = $state(false);
	#kept = $state<Kept>(null);
	#updates: Updates | null = null;

	/** Whether the first figures are on screen, so that there is time for all of this. */
	get isAwake() {
		return this.#isAwake;
	}
	/** Whether the browser would install the app when asked. */
	get canPrompt(): boolean {
		return this.#prompt !== null;
	}
	get isInstalled() {
		return this.#isInstalled;
	}
	/** Whether the instructions for installing are on screen. */
	get isInstallOpen() {
		return this.#isInstallOpen;
	}
	get update(): UpdateState {
		return this.#update === 'offered' && this.#isDismissed ? 'none' : this.#update;
	}
	get kept(): Kept {
		return this.#kept;
	}

	/** Listens to what the browser says of installing: that comes once, and early. Returns the way to stop. */
	listen(): () => void {
		const standalone = matchMedia('(display-mode: standalone)');
		const look = () => (this.#isInstalled = standalone.matches);
		const offer = (event: Event) => {
			event.preventDefault();
			this.#prompt = event as InstallPrompt;
		};
		const done = () => {
			this.#isInstalled = true;
			this.#prompt = null;
		};
		look();
		standalone.addEventListener('change', look);
		addEventListener('beforeinstallprompt', offer);
		addEventListener('appinstalled', done);
		return () => {
			standalone.removeEventListener('change', look);
			removeEventListener('beforeinstallprompt', offer);
			removeEventListener('appinstalled', done);
		};
	}

	wake(): void {
		this.#isAwake = true;
	}

	/** Has the browser install the app, or says how it is done where it cannot be asked. */
	async install(): Promise<void> {
		const prompt = this.#prompt;
		if (!prompt) {
			this.#isInstallOpen = true;
			return;
		}
		this.#prompt = null; // it can be used once
		await prompt.prompt();
	}

	closeInstall(): void {
		this.#isInstallOpen = false;
	}

	/** Looks for new versions from now on. `onReplaced` is called when another tab has gone on to one. */
	async watchUpdates(onReplaced: () => void): Promise<void> {
		const { watchUpdates } = await import('../device/updates');
		this.#updates = await watchUpdates({
			onOffered: () => {
				if (this.#update === 'none') this.#update = 'offered';
			},
			onReplaced: () => {
				this.#update = 'replaced';
				onReplaced();
			}
		});
	}

	/** Goes on to the version that waits. The page is loaded anew at its address. */
	applyUpdate(): void {
		this.#update = 'applying';
		this.#updates?.apply();
	}

	/** Not now: the notice goes until the next load. */
	dismissUpdate(): void {
		this.#isDismissed = true;
	}

	/** Looks whether the browser has agreed to keep what is stored. */
	async lookKept(): Promise<void> {
		this.#kept = (await navigator.storage?.persisted?.().catch(() => null)) ?? null;
	}

	/** Asks the browser to keep it. */
	async askToKeep(): Promise<void> {
		this.#kept = (await navigator.storage?.persist?.().catch(() => null)) ?? null;
	}

	/** Asks once on this machine: some browsers put the question to the user. */
	async askToKeepOnce(): Promise<void> {
		if (ifUnset('tackboard:asked-to-keep')) await this.askToKeep();
	}
}
