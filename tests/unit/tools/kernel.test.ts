import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { KERNEL_MODULE, kernelModule } from '../../../src/tools/kernel';

describe('the kernel', () => {
	it('is the one that its source makes', async () => {
		expect((await readFile(KERNEL_MODULE, 'utf8')) === (await kernelModule()), 'npm run kernel').toBe(true);
	}, 60_000);
});
