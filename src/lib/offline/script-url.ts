/** As much of the browser's trusted types as is used here. */
interface TrustedTypes {
	createPolicy(
		name: string,
		rules: { createScriptURL(url: string): string }
	): { createScriptURL(url: string): string };
}

/**
 * The only place that makes URLs for workers to start from, in browsers that keep it: nothing else may make one there, and what is
 * not the app's own does not pass. The page's policy allows it by this name.
 */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy(
	'tackboard-scripts',
	{
		createScriptURL: (url) => {
			if (new URL(url).origin !== self.origin) throw new TypeError('a script of another origin');
			return url;
		}
	}
);

/**
 * Lets a worker start from a URL.
 * @param url absolute, and of this origin (a blob: of its own too)
 */
export function scriptUrl(url: string): string {
	return policy ? policy.createScriptURL(url) : url;
}
