/** What systems leave beside people's files, for their own sake. */
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i;

/** Names that programs and synced drives give to files that they have not finished, and hidden files. */
const UNFINISHED =
	/\.(crdownload|crswap|part|partial|download|opdownload|filepart|tmp|temp|aria2|!ut|bc!)$|^~\$|^~syncthing~|^\./i;

/**
 * Whether a file of a folder is not finished yet, by its name without the folders that it lies in: it is passed over until
 * it has another name.
 */
export function isUnfinished(name: string): boolean {
	return UNFINISHED.test(name);
}

/**
 * Whether a file was left by a system rather than by a person; such files are passed over in silence.
 * @param path its name, with the folders that it lies in, as far as they are known
 */
export function isLitter(path: string): boolean {
	return LITTER.test(path);
}
