import { describe, expect, it } from 'vitest';
import { ProblemError, problemOf } from '../../../src/lib/model/problem';

const named = (name: string, more: object = {}) =>
	Object.assign(new Error('told by the browser'), { name }, more);

describe('problemOf', () => {
	it.each([
		[new ProblemError({ code: 'unclosed_quote', line: 7 }), { code: 'unclosed_quote', line: 7 }],
		[named('QuotaExceededError'), { code: 'storage_full' }],
		[named('NotReadableError'), { code: 'unreadable_file' }],
		[named('NotFoundError'), { code: 'unreadable_file' }],
		[named('OpenFailedError'), { code: 'storage_refused' }],
		[named('MissingAPIError'), { code: 'storage_refused' }],
		// Dexie wraps what the database said.
		[named('AbortError', { inner: named('QuotaExceededError') }), { code: 'storage_full' }],
		[new Error('outer', { cause: named('NotReadableError') }), { code: 'unreadable_file' }],
		[new TypeError('x is not a function'), { code: 'unexpected', detail: 'TypeError: x is not a function' }],
		['thrown text', { code: 'unexpected', detail: 'thrown text' }],
		[new DOMException('The user denied permission', 'UnknownError'), { code: 'storage_refused' }],
		[new DOMException('It is of version 9', 'VersionError'), { code: 'newer_version' }],
		[undefined, { code: 'unexpected', detail: 'undefined' }]
	])('reads %s', (error, problem) => {
		expect(problemOf(error)).toEqual(problem);
	});
});
