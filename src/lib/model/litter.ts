/** What systems leave beside people's files, for their own sake. */
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Whether a file was left by a system rather than by a person; such files are passed over in silence.
 * @param path its name, with the folders that it lies in, as far as they are known
 */
export function isLitter(path: string): boolean {
	return LITTER.test(path);
}
