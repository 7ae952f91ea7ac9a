/** A row's mark for whatever reads the page's markup. */
export type Mark = Readonly<Record<`data-${string}`, string>>;
