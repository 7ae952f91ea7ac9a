import { dirname, join, sep } from 'node:path';

/** Which folder of src/lib may import what: the way of the data. src/ARCHITECTURE.md shows it. */

/**
 * What a folder may import besides itself: a folder, one folder in it, or one module.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const MAY_IMPORT = {
	model: [],
	columns: ['model'],
	import: ['model', 'columns'],
	store: ['model', 'columns'],
	engine: ['model', 'columns'],
	export: ['model', 'columns'],
	clickhouse: ['model'],
	offline: [],
	worker: [
		'model',
		'columns',
		'import',
		'store',
		'engine',
		'export',
		'clickhouse',
		'offline/app-lock',
		'offline/script-url'
	],
	view: ['model'],
	ui: ['view', 'model', 'i18n', 'offline', 'worker/page', 'worker/threads/turn'],
	i18n: []
};

/**
 * Where in src/lib an import leads, as `folder/module`; null where it leads elsewhere.
 * @param {string} file from the root, with slashes
 * @param {string} from as written
 * @returns {string | null}
 */
export function targetInLib(file, from) {
	const path = from.startsWith('.')
		? join(dirname(file), from).split(sep).join('/')
		: from.replace(/^\$lib(?=\/|$)/, 'src/lib');
	return path.startsWith('src/lib/')
		? path.slice('src/lib/'.length).replace(/(\.js|\.ts)?(\?.*)?$/, '')
		: null;
}

/**
 * The folder of src/lib that a file is in, or null.
 * @param {string} file from the root, with slashes
 * @returns {string | null}
 */
export function folderOf(file) {
	return /^src\/lib\/([^/]+)\//.exec(file)?.[1] ?? null;
}

/**
 * Whether a file may import a module of src/lib.
 * @param {string} file from the root, with slashes
 * @param {string} target `folder/module`
 * @returns {boolean}
 */
export function mayImport(file, target) {
	const own = folderOf(file);
	const [folder = ''] = target.split('/');
	if (own === null) return folder !== 'ui' || file.startsWith('src/routes/') || !file.startsWith('src/');
	return folder === own || (MAY_IMPORT[own] ?? []).some((allowed) => `${target}/`.startsWith(`${allowed}/`));
}

/**
 * Rule for ESLint: imports follow the way of the data.
 * @type {import('eslint').Rule.RuleModule}
 */
export const wayOfTheData = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			against: '{{file}} may not import {{target}}: see the table of folders in src/ARCHITECTURE.md.'
		}
	},
	create(context) {
		const file = context.filename
			.slice(context.cwd.length + 1)
			.split(sep)
			.join('/');
		/** @param {import('eslint').Rule.Node} node */
		const check = (node) => {
			const source = 'source' in node ? node.source : null;
			if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
			const target = targetInLib(file, source.value);
			if (target !== null && !mayImport(file, target))
				context.report({ node, messageId: 'against', data: { file, target } });
		};
		return {
			ImportDeclaration: check,
			ExportNamedDeclaration: check,
			ExportAllDeclaration: check,
			ImportExpression: check
		};
	}
};
