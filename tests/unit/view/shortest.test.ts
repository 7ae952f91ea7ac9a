import { describe, expect, it } from 'vitest';
import { shortest } from '../../../src/lib/view/shortest';

/** Names of weekdays where there is little room. */

describe('names cut short', () => {
	it.each<[string, string, string]>([
		['to two letters where these differ', 'mon tue wed thu', 'mo tu we th'],
		['to as many as it takes', 'segunda terça sexta sábado quarta quinta', 'seg ter sex sáb qua qui'],
		['not at all where only whole names differ', 'sabato sabati', 'sabato sabati'],
		['never to one letter', 'abc def', 'ab de']
	])('are cut %s', (_, names, cut) => {
		expect(shortest(names.split(' '))).toEqual(cut.split(' '));
	});
});
