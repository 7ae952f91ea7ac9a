import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

/** What the linter says of a component, with the project's own settings. */
async function faultsOf(script: string): Promise<readonly string[]> {
	const linter = new ESLint({ overrideConfig: { rules: { '@typescript-eslint/no-unused-vars': 'off' } } });
	const text = `<script lang="ts">\n${script}\n</script>\n`;
	const [result] = await linter.lintText(text, { filePath: 'src/lib/ui/Invented.svelte' });
	return result!.messages.map(({ message }) => message);
}

describe('the linter', () => {
	it('tells what a component is handed and does not use', async () => {
		const props = 'interface Props {\n\ttitle: string;\n\tisOpen?: boolean;\n}';
		expect(await faultsOf(`${props}\nconst { title }: Props = $props();`)).toEqual([
			'isOpen is handed to the component, which does not use it.'
		]);
		expect(await faultsOf(`${props}\nlet { title, isOpen: isShown = true }: Props = $props();`)).toEqual([]);
		expect(await faultsOf('const { a }: { a: number; b: number } = $props();')).toEqual([
			'b is handed to the component, which does not use it.'
		]);
	});

	it('lets a component pass on what it is handed', async () => {
		const props = 'interface Props {\n\ttitle: string;\n\tisOpen: boolean;\n}';
		expect(await faultsOf(`${props}\nconst { title, ...others }: Props = $props();`)).toEqual([]);
		expect(await faultsOf(`${props}\nconst props: Props = $props();`)).toEqual([]);
	});

	it('wants to see in the component’s own file what it is handed', async () => {
		const said = ['Say what the component is handed in an interface of its own file, without a base.'];
		expect(await faultsOf("import type { Props } from './props';\nconst { a }: Props = $props();")).toEqual(
			said
		);
		expect(await faultsOf('const { a } = $props();')).toEqual(said);
		expect(
			await faultsOf(
				'interface Base {\n\tb: string;\n}\ninterface Props extends Base {\n\ta: string;\n}\nconst { a }: Props = $props();'
			)
		).toEqual(said);
	});
});
