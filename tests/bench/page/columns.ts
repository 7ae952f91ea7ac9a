/** An event file as the columns that a program without an engine of its own would make of it. */
export interface Columns {
	readonly length: number;
	readonly timestamp: Float64Array;
	/** As model/event.ts numbers kinds and closed values. */
	readonly kind: Uint8Array;
	readonly content_type: Uint8Array;
	readonly source: Uint8Array;
	readonly device: Uint8Array;
	readonly format: Uint8Array;
	/** Indexes into the texts below. */
	readonly account: Uint16Array;
	readonly pin: Uint32Array;
	/** 0 for nobody. */
	readonly user: Uint32Array;
	readonly n: Uint32Array;
	readonly watchMs: Uint32Array;
	readonly accounts: readonly string[];
	readonly pins: readonly PinFacts[];
}

export interface PinFacts {
	readonly pinId: string;
	readonly title: string;
	readonly board: string;
	readonly link: string;
	readonly format: string;
}
