import fc from 'fast-check';

/** Which values of a dimension are ticked: often none, so that all pass, else some of them. */
export function valuesArbitrary(values: readonly string[]): fc.Arbitrary<string[]> {
	return fc.oneof(
		{ weight: 3, arbitrary: fc.constant<string[]>([]) },
		{ weight: 2, arbitrary: fc.subarray([...values], { minLength: 1 }) }
	);
}
