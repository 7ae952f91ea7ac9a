import { describe, expect, it } from 'vitest';
import { answerFor } from '../../../src/lib/offline/answer-for';

const PATHS = new Set(['', 'video/', 'icon.svg', '_app/immutable/chunks/a.js']);
const page = (url: string) => ({ method: 'GET', url, isNavigation: true });
const file = (url: string) => ({ method: 'GET', url, isNavigation: false });

describe.each(['https://host.example/', 'https://host.example/some/sub/'])('at %s', (scope) => {
	it.each([
		['', { give: '' }],
		['?range=7d', { give: '' }],
		['index.html?a=1', { redirect: '?a=1' }],
		['video/?id=%C3%A5', { give: 'video/' }],
		['video?range=7d', { redirect: 'video/?range=7d' }],
		['video/index.html', { redirect: 'video/' }],
		['share/', { redirect: '' }],
		['nowhere/', null]
	])('answers a visit to %j', (path, expected) => {
		const answer =
			expected && 'redirect' in expected ? { redirect: `${scope}${expected.redirect}` } : expected;
		expect(answerFor(scope, PATHS, page(`${scope}${path}`))).toEqual(answer);
	});

	it('gives files, whatever their query, and leaves alone what it does not know', () => {
		expect(answerFor(scope, PATHS, file(`${scope}icon.svg?v=2`))).toEqual({ give: 'icon.svg' });
		expect(answerFor(scope, PATHS, file(`${scope}other.svg`))).toBeNull();
		expect(answerFor(scope, PATHS, file(`${scope}video`))).toBeNull();
	});

	it('takes in what is shared, and no other post', () => {
		const post = (path: string) => ({ method: 'POST', url: `${scope}${path}`, isNavigation: true });
		expect(answerFor(scope, PATHS, post('share/'))).toEqual({ keepShared: true });
		expect(answerFor(scope, PATHS, post('video/'))).toBeNull();
	});
});

it('answers nothing of other hosts or beside its own path', () => {
	const scope = 'https://host.example/some/sub/';
	expect(answerFor(scope, PATHS, file('https://other.example/some/sub/icon.svg'))).toBeNull();
	expect(answerFor(scope, PATHS, file('https://host.example/icon.svg'))).toBeNull();
});
