import { describe, expect, it } from 'vitest';
import { changesOf, releaseProblems } from '../../../../src/tools/release/version-check';

const CHANGELOG = `# Changelog

## Unreleased

- Later.

## 1.2.0, 2026-11-29

### Files

- New.

## 1.1.0, 2026-10-01

- Old.

## 1.0.0, 2026-09-01
`;

const RELEASE = { tag: 'v1.2.0', version: '1.2.0', lockedVersion: '1.2.0', changelog: CHANGELOG };

describe('a release', () => {
	it('is made where tag, package, lock file and changelog agree', () => {
		expect(releaseProblems(RELEASE)).toEqual([]);
	});

	it.each([
		['another tag', { tag: 'v1.2.1' }, 'The tag is v1.2.1, but package.json has 1.2.0'],
		['a tag without its v', { tag: '1.2.0' }, 'its tag is v1.2.0'],
		['a lock file of another version', { lockedVersion: '1.1.0' }, 'package-lock.json has 1.1.0'],
		[
			'no heading in the changelog',
			{ tag: 'v1.3.0', version: '1.3.0', lockedVersion: '1.3.0' },
			'no heading "## 1.3.0, YYYY-MM-DD"'
		],
		[
			'a version without changes',
			{ tag: 'v1.0.0', version: '1.0.0', lockedVersion: '1.0.0' },
			'says nothing of 1.0.0'
		],
		['a version that is none', { tag: 'v1.2', version: '1.2', lockedVersion: '1.2' }, 'no semantic version']
	])('is refused with %s', (_, difference, sentence) => {
		expect(releaseProblems({ ...RELEASE, ...difference }).join('\n')).toContain(sentence);
	});
});

it('gives the changes of one version alone', () => {
	expect(changesOf(CHANGELOG, '1.2.0')).toBe('### Files\n\n- New.');
	expect(changesOf(CHANGELOG, '1.1.0')).toBe('- Old.');
	expect(changesOf(CHANGELOG, 'Unreleased')).toBeNull();
	expect(changesOf(CHANGELOG, '1.2')).toBeNull();
});
