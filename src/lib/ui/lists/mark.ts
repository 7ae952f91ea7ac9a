/** A row's mark for whatever reads the page's markup. */
export type Mark = Readonly<
	Partial<
		Record<'data-pin' | 'data-board' | 'data-link' | 'data-age' | 'data-half-age' | 'data-grows', string>
	>
>;
