import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { billOfMaterials } from '../../../../src/tools/release/bill-of-materials';
import { shippedPackages } from '../../../../src/tools/release/shipped-packages';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

interface Bill {
	readonly metadata: { readonly component: { readonly purl: string } };
	readonly components: readonly {
		readonly name: string;
		readonly purl: string;
		readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
	}[];
	readonly dependencies: readonly { readonly dependsOn: readonly string[] }[];
}

it('lists every package that is handed out, each with the hash that the lock file holds', () => {
	const bill = JSON.parse(billOfMaterials(ROOT, { name: 'x', version: '1.0.0', license: 'MIT' })) as Bill;
	expect(bill.metadata.component.purl).toBe('pkg:npm/x@1.0.0');
	const purls = bill.components.map(({ purl }) => purl);
	const scoped = ({ name, version }: { name: string; version: string }) =>
		`pkg:npm/${name.replace('@', '%40')}@${version}`;
	expect(purls).toEqual(shippedPackages(ROOT).map(scoped));
	expect(new Set(purls).size).toBe(purls.length);
	expect(bill.dependencies[0]?.dependsOn).toEqual(purls);
	for (const { name, hashes } of bill.components)
		expect([name, hashes?.[0]?.alg, hashes?.[0]?.content]).toEqual([
			name,
			'SHA-512',
			expect.stringMatching(/^[0-9a-f]{128}$/)
		]);
});
