import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../src/lib/import/fingerprint';
import { MemoryWorkspace, bufferSource, utf8 } from '../../support/memory-workspace';

const signal = new AbortController().signal;

describe('fingerprintOf', () => {
	it('is that which an import of the same bytes gives', async () => {
		const bytes = utf8(
			'timestamp,event,pin_id,note\n2024-05-01,save,"a ""quoted"" one"\n2024-05-01,save,"odd" ,x\n'
		);
		const { fingerprint } = await new MemoryWorkspace().import(bytes);
		expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
		expect(await fingerprintOf(signal, bufferSource(bytes))).toBe(fingerprint);
	});

	it('differs for a changed byte, an added byte and the order of bytes', async () => {
		const texts = ['', 'a', 'b', 'ab', 'ba', 'a\n', 'ab\n'];
		const prints = await Promise.all(texts.map((text) => fingerprintOf(signal, bufferSource(utf8(text)))));
		expect(new Set(prints).size).toBe(texts.length);
	});

	it('stops when aborted', async () => {
		await expect(fingerprintOf(AbortSignal.abort(), bufferSource(utf8('a')))).rejects.toThrow('aborted');
	});
});
