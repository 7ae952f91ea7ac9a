import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { wayOfTheData } from './src/tools/import-rules.js';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{
		ignores: ['build/', 'dist/', '.svelte-kit/', 'node_modules/', 'test-results/', 'src/lib/i18n/generated/']
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		plugins: { tackboard: { rules: { 'way-of-the-data': wayOfTheData } } },
		rules: {
			'tackboard/way-of-the-data': 'error',
			'no-undef': 'off', // the compiler knows better
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			eqeqeq: 'error',
			'no-console': ['error', { allow: ['warn', 'error'] }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		}
	},
	{
		files: ['src/tools/**', 'tests/**'],
		rules: { 'no-console': 'off' }
	}
);
