/** The chart as a picture that can stand alone: what it shows is written on it. */
export interface PictureWords {
	readonly title: string;
	/** What is filtered; '' for nothing. */
	readonly filters: string;
	/** Below the chart, a line each. */
	readonly notes: readonly string[];
	readonly series: readonly { readonly name: string; readonly colour: string; readonly isDashed: boolean }[];
}

export interface PictureColours {
	readonly surface: string;
	readonly ink: string;
	readonly quiet: string;
}

const MARGIN = 16;
const LINE = 22;
const SWATCH = 12;
const DASH = 5;

/** Draws words above a chart that is drawn already, at `scale` device pixels per pixel, and encodes the whole as PNG. */
export async function chartPicture(
	chart: HTMLCanvasElement,
	scale: number,
	words: PictureWords,
	colours: PictureColours
): Promise<Blob> {
	const width = chart.width / scale;
	const canvas = document.createElement('canvas');
	const context = canvas.getContext('2d');
	if (!context) throw new Error('chart picture: no drawing context');
	const family = getComputedStyle(document.body).fontFamily;
	const text = (line: string, font: string, colour: string, y: number) => {
		context.font = `${font} ${family}`;
		context.fillStyle = colour;
		context.fillText(line, MARGIN, y, width);
	};

	context.font = `13px ${family}`;
	const rows = legendRows(words.series, width, (name) => context.measureText(name).width);
	const lines = 1 + (words.filters === '' ? 0 : 1) + rows.length;
	const top = MARGIN + lines * LINE + 4;
	canvas.width = (width + 2 * MARGIN) * scale;
	const bottom = MARGIN + words.notes.length * LINE;
	canvas.height = top * scale + chart.height + bottom * scale;
	context.scale(scale, scale);
	context.fillStyle = colours.surface;
	context.fillRect(0, 0, canvas.width, canvas.height);

	let y = MARGIN + LINE / 2;
	context.textBaseline = 'middle';
	text(words.title, '600 16px', colours.ink, y);
	if (words.filters !== '') text(words.filters, '13px', colours.quiet, (y += LINE));
	context.font = `13px ${family}`;
	for (const row of rows) {
		y += LINE;
		for (const { name, colour, isDashed, x } of row) {
			context.fillStyle = colour;
			// A dashed line is shown by a gap in the middle.
			for (const from of isDashed ? [0, SWATCH - DASH] : [0])
				context.fillRect(MARGIN + x + from, y - 2, isDashed ? DASH : SWATCH, 3);
			context.fillStyle = colours.ink;
			context.fillText(name, MARGIN + x + SWATCH + 6, y);
		}
	}
	context.drawImage(chart, MARGIN, top, width, chart.height / scale);
	y = top + chart.height / scale - LINE / 2;
	for (const note of words.notes) text(note, '13px', colours.ink, (y += LINE));
	return new Promise((resolve, reject) =>
		canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('chart picture: not encoded'))))
	);
}

type PlacedName = PictureWords['series'][number] & { readonly x: number };

/** Series side by side, on as many rows as they need. */
function legendRows(
	series: PictureWords['series'],
	width: number,
	measure: (name: string) => number
): PlacedName[][] {
	const rows: PlacedName[][] = [];
	let x = Infinity;
	for (const one of series) {
		const { name } = one;
		const needed = SWATCH + 6 + measure(name) + 20;
		if (x + needed > width) {
			rows.push([]);
			x = 0;
		}
		rows.at(-1)?.push({ ...one, x });
		x += needed;
	}
	return rows;
}
