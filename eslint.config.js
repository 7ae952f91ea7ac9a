import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { usedProps } from './src/tools/component-rules.js';
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
		plugins: { tackboard: { rules: { 'way-of-the-data': wayOfTheData, 'used-props': usedProps } } },
		rules: {
			'tackboard/way-of-the-data': 'error',
			'no-undef': 'off', // the compiler knows better
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			eqeqeq: 'error',
			// State is in runes. Whether a store is used as one takes types to see, and those take a minute to find out.
			'no-restricted-imports': ['error', { paths: ['svelte/store'] }],
			'no-console': ['error', { allow: ['warn', 'error'] }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: ts.parser, svelteConfig }
		},
		rules: {
			'tackboard/used-props': 'error',
			'svelte/no-unused-props': 'off',
			'svelte/require-store-reactive-access': 'off' // there are no stores
		}
	},
	{
		files: ['src/tools/**', 'tests/**'],
		rules: { 'no-console': 'off' }
	}
);
