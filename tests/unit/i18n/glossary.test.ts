import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { languages, messagesOf } from './message-files';

const FILE = new URL('../../../src/lib/i18n/GLOSSARY.md', import.meta.url);

const cellsOf = (line: string) =>
	line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());

it('the glossary says what the messages say', () => {
	const lines = readFileSync(FILE, 'utf8').split('\n');
	const heads = lines.filter((line) => line.startsWith('| message')).map(cellsOf);
	expect(heads.length).toBeGreaterThan(3);
	for (const [, ...named] of heads) expect([...named].sort()).toEqual(languages);
	const order = heads[0]!.slice(1);
	const rows = lines.filter((line) => line.startsWith('| `')).map(cellsOf);
	const messages = order.map(messagesOf);
	const wrong = rows.filter(([key = '', ...words]) =>
		messages.some((each, place) => each[key.replaceAll('`', '')] !== words[place])
	);
	expect(wrong).toEqual([]);
});
