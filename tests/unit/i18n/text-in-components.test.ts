import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

/** Text for people stands in the message files: a component that holds some could not be read in another language. */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Attributes that people read or hear. */
const SPOKEN = new Set([
	'alt',
	'aria-description',
	'aria-label',
	'aria-placeholder',
	'aria-roledescription',
	'aria-valuetext',
	'content',
	'label',
	'placeholder',
	'title'
]);

const LETTER = /\p{L}/u;

interface Node {
	readonly type: string;
	readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** The nodes right below one. */
function childrenOf(node: Node): readonly Node[] {
	return Object.values(node)
		.flatMap((value) => (Array.isArray(value) ? value : [value]))
		.filter(isNode);
}

/** String literals that an expression can come out as. */
function literalsOf(node: Node): readonly string[] {
	if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
	if (node.type === 'TemplateElement') return [(node.value as { readonly raw: string }).raw];
	if (node.type === 'ConditionalExpression')
		return [node.consequent, node.alternate].flatMap((branch) => literalsOf(branch as Node));
	if (node.type === 'LogicalExpression' || node.type === 'TemplateLiteral')
		return childrenOf(node).flatMap(literalsOf);
	return [];
}

/** The texts for people that a component holds. */
function textsIn(source: string): readonly string[] {
	const found: string[] = [];
	const visit = (node: Node) => {
		if (node.type === 'Text') found.push(node.data as string);
		else if (node.type === 'ExpressionTag') found.push(...literalsOf(node.expression as Node));
		else if (node.type === 'Attribute') {
			if (SPOKEN.has(node.name as string)) childrenOf(node).forEach(visit);
		} else if (node.type !== 'StyleDirective') childrenOf(node).forEach(visit);
	};
	visit(parse(source, { modern: true }).fragment as unknown as Node);
	return found.map((text) => text.trim()).filter((text) => LETTER.test(text));
}

const components = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && entry.name.endsWith('.svelte'))
	.map((entry) => join(entry.parentPath, entry.name));

describe('components', () => {
	it.each([
		['<p>Text</p>', ['Text']],
		['<p title="Said">{m.words()}</p>', ['Said']],
		['<p class="quiet">·</p>', []],
		["<p>{isThere ? 'Here' : ''}</p>", ['Here']],
		['<p>{`${n} rows`}</p>', ['rows']],
		['{#if a}<b aria-label={m.words()}>–</b>{:else}Not{/if}', ['Not']],
		['<style>p { color: red }</style>', []]
	])('are read: %s', (source, texts) => {
		expect(textsIn(source)).toEqual(texts);
	});

	it('hold no text for people', () => {
		const found = components.flatMap((file) =>
			textsIn(readFileSync(file, 'utf8')).map(
				(text) => `${relative(ROOT, file).split(sep).join('/')}: ${text}`
			)
		);
		expect(found).toEqual([]);
	});
});
