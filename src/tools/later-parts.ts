import type { Plugin } from 'vite';

/** Parts of pages that are kept offline when the browser is idle rather than at install. */

/** Modules that such a part is imported by: import() of one of them begins it. */
const PARTS = /\/src\/lib\/ui\/(own\/|overview\/PinAges|lists\/(AllPins|people\/))/;
/** How a file begins that follows. */
export const LATER_MARK = '/*later*/';

/** Marks the files that nothing needs but such parts: their code and their styles. */
export function laterParts(): Plugin {
	return {
		name: 'later-parts',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		generateBundle: {
			order: 'post',
			handler(_, bundle) {
				const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
				const waiting = chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
				const needed = new Set<string>();
				const neededStyles = new Set<string>();
				for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
					const chunk = bundle[name];
					if (needed.has(name) || chunk?.type !== 'chunk') continue;
					needed.add(name);
					for (const styles of chunk.viteMetadata?.importedCss ?? []) neededStyles.add(styles);
					const opened = chunk.dynamicImports.filter((each) => {
						const target = bundle[each];
						return target?.type === 'chunk' && !PARTS.test(target.facadeModuleId ?? '');
					});
					waiting.push(...chunk.imports, ...opened);
				}
				for (const chunk of chunks) {
					if (needed.has(chunk.fileName)) continue;
					chunk.code = LATER_MARK + chunk.code;
					for (const name of chunk.viteMetadata?.importedCss ?? []) {
						const styles = bundle[name];
						if (styles?.type !== 'asset' || neededStyles.has(name)) continue;
						neededStyles.add(name); // marked once
						styles.source = LATER_MARK + String(styles.source);
					}
				}
			}
		}
	};
}
