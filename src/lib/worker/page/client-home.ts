import type { HomeReport } from '../../model/home-folder';
import homeWorkerUrl from '../files/home.worker?worker&url';
import { onChange } from '../locks/write-lock';
import type { HomeCalls } from '../protocol';
import { Thread } from './client-thread';

/** The page's end of home folders. All rejections are ProblemError, or AbortError where the signal was aborted. */
export interface HomeClient {
	/** The folder of a workspace; null where none is chosen. */
	folder(workspace: string): Promise<HomeCalls['homeFolder'][1]>;
	/**
	 * Makes a folder a workspace's home folder, in place of any other.
	 * @param passphrase '' leaves its files unencrypted
	 */
	choose(workspace: string, handle: FileSystemDirectoryHandle, passphrase: string): Promise<void>;
	/** Forgets the folder and its key. Its files stay. */
	forget(workspace: string): Promise<void>;
	/**
	 * Takes in what the folder has, and writes what it lacks; null where none is chosen any more.
	 * @param isThorough whether every file is opened, rather than new ones and a few of the others
	 */
	sync(
		signal: AbortSignal,
		folder: { readonly workspace: string; readonly isThorough: boolean },
		onprogress: (fraction: number) => void
	): Promise<HomeReport | null>;
	/** Calls back after every change of what is stored, whichever tab made it. Returns the way to stop. */
	onStored(workspace: string, listener: () => void): () => void;
}

/** The worker behind it starts with the first call. */
export function connectHome(): HomeClient {
	const thread = new Thread<HomeCalls>(homeWorkerUrl);
	return {
		folder: (workspace) => thread.ask(null, 'homeFolder', { workspace }),
		choose: async (workspace, handle, passphrase) =>
			void (await thread.call(null, 'chooseHome', { workspace, handle, passphrase })),
		forget: async (workspace) => void (await thread.call(null, 'forgetHome', { workspace })),
		sync: (signal, folder, onprogress) => thread.call(signal, 'syncHome', folder, onprogress),
		onStored: (workspace, listener) => {
			const stops = [onChange(workspace, listener), onChange(workspace, listener, 'own_words')];
			return () => stops.forEach((stop) => stop());
		}
	};
}
