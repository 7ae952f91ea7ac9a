/**
 * What a component is handed is used. The rule of the same purpose in eslint-plugin-svelte asks the compiler for types,
 * which took two thirds of the time of all linting; here each component says in its own file what it is handed, so the
 * text is enough.
 *
 * @typedef {import('eslint').Rule.RuleModule} RuleModule
 * @typedef {{ type: string, name?: string, value?: unknown }} Name
 * @typedef {{ type: string, key?: Name, loc: import('eslint').AST.SourceLocation }} Member
 * @typedef {{ type: string, members?: readonly Member[], typeName?: Name }} PropsType
 * @typedef {{ type: string, properties: readonly Member[], typeAnnotation?: { typeAnnotation: PropsType } }} Pattern
 * @typedef {{ id: { name: string }, extends?: readonly unknown[], body: { body: readonly Member[] } }} Interface
 */

/**
 * The name of a property, of a type or of a pattern; null for one that is worked out.
 * @param {Member} member
 * @returns {string | null}
 */
function nameOf({ key }) {
	return key?.name ?? (typeof key?.value === 'string' ? key.value : null);
}

/** @type {RuleModule} */
export const usedProps = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			unused: '{{name}} is handed to the component, which does not use it.',
			elsewhere: 'Say what the component is handed in an interface of its own file, without a base.'
		}
	},
	create(context) {
		/** @type {Map<string, readonly Member[] | null>} */
		const interfaces = new Map();
		/** @type {{ node: import('eslint').Rule.Node, id: Pattern }[]} */
		const handed = [];
		return {
			/** @param {unknown} node */
			TSInterfaceDeclaration(node) {
				const { id, extends: bases = [], body } = /** @type {Interface} */ (node);
				interfaces.set(id.name, bases.length > 0 ? null : body.body);
			},
			VariableDeclarator(node) {
				const callee = node.init?.type === 'CallExpression' ? node.init.callee : null;
				if (callee?.type !== 'Identifier' || callee.name !== '$props') return;
				handed.push({ node, id: /** @type {Pattern} */ (/** @type {unknown} */ (node.id)) });
			},
			'Program:exit'() {
				for (const { node, id } of handed) {
					// All of it, or all the rest, is passed on.
					if (id.type !== 'ObjectPattern') continue;
					if (id.properties.some(({ type }) => type === 'RestElement')) continue;
					const type = id.typeAnnotation?.typeAnnotation;
					const members =
						type?.type === 'TSTypeLiteral' ? type.members : interfaces.get(type?.typeName?.name ?? '');
					if (!members) {
						context.report({ node, messageId: 'elsewhere' });
						continue;
					}
					const used = new Set(id.properties.map(nameOf));
					for (const member of members) {
						const name = nameOf(member);
						if (name !== null && !used.has(name))
							context.report({ loc: member.loc, messageId: 'unused', data: { name } });
					}
				}
			}
		};
	}
};
