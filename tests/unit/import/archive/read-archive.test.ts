import { describe, expect, it } from 'vitest';
import { looksLikeArchive } from '../../../../src/lib/import/archive/looks-like-archive';
import { readArchive } from '../../../../src/lib/import/archive/read-archive';
import type { ByteSource } from '../../../../src/lib/import/byte-source';
import { ProblemError, type Problem } from '../../../../src/lib/model/problem';
import { expectedReading, specimenNames, specimenText } from '../../../support/specimen';

const NAME = 'archive-pins-0001.html';
const page = specimenText(NAME);
const signal = new AbortController().signal;

/** A text that is given out in slices of at most so many bytes. */
function sourceOf(text: string, sliceBytes = Infinity): ByteSource {
	const bytes = new TextEncoder().encode(text);
	const slice = (start: number, end: number) => bytes.slice(start, Math.min(end, start + sliceBytes));
	return { byteLength: bytes.length, slice: (start, end) => Promise.resolve(slice(start, end)) };
}

const read = (text: string) => readArchive(signal, sourceOf(text));

async function problemOf(text: string): Promise<Problem | null> {
	try {
		await read(text);
		return null;
	} catch (error) {
		if (error instanceof ProblemError) return error.problem;
		throw error;
	}
}

/** A page with these lines in the block of a Pin. */
function pageWith(...lines: string[]): string {
	const pin =
		'<a href="https://www.pinterest.com/pin/1091700765947216952/">https://www.pinterest.com/pin/…</a>';
	const block = [pin, ...lines].join('\n<br>');
	return `<html><head><title>Subject Access Request Data - Pins</title></head><body><h1 id=a>Pins</h1>\n${block}<br><br>\n</body></html>`;
}

async function pinWith(...lines: string[]) {
	const { directory } = await read(pageWith(...lines));
	expect(directory.pins).toHaveLength(1);
	return directory.pins[0]!;
}

describe('a page of the archive', () => {
	it('gives its Pins as a directory, and nothing else of them', async () => {
		const { directory, accepted, rejected, ...rest } = await read(page);
		const pins = directory.pins.map(({ pinId, title, board, link, createdAt, format }) => [
			pinId,
			{ pin_title: title, board, link, created_at: createdAt, ...(format !== '' && { format }) }
		]);
		expect(Object.fromEntries(pins)).toEqual(expectedReading(NAME).pins);
		expect(directory.boards).toEqual([
			{ id: '900000000000000101', name: 'Kitchen shelves' },
			{ id: '900000000000000102', name: 'Aprons' }
		]);
		expect({ accepted, rejected }).toEqual({ accepted: 2, rejected: 0 });
		const kept = JSON.stringify([directory, rest]);
		for (const other of ['192.0.2.7', 'oakandlinen', 'A shelf', '0123456789abcdef']) {
			expect(kept).not.toContain(other);
		}
	});

	it.each([5, 64])('is read the same in slices of %d bytes', async (bytes) => {
		const start = page.slice(0, 900);
		const whole = await read(page);
		// The first slice shows what it is.
		const source = sourceOf(page, bytes);
		const first = new TextEncoder().encode(start).length;
		const slice = (from: number, to: number) =>
			from === 0 ? sourceOf(page).slice(0, first) : source.slice(from, to);
		expect(await readArchive(signal, { byteLength: source.byteLength, slice })).toEqual(whole);
	});

	it('is read the same with other breaks, capital tags and all on one line', async () => {
		const { directory } = await read(page);
		for (const text of [
			page.replaceAll('<br>', '<br/>'),
			page.replaceAll('<br>', '<BR />'),
			page.replaceAll('\n', '\r\n'),
			page.replaceAll('\n', ''),
			page.replaceAll(/,$/gm, '')
		]) {
			expect((await read(text)).directory).toEqual(directory);
		}
	});

	it.each([
		['Title: Shelf: oak, wide,', 'Shelf: oak, wide'],
		['Title: Shelf, wide', 'Shelf, wide'],
		['Title: a &amp; b &lt;c&gt; &#8211; &#x2013; &eacute; &quot;&#39;,', 'a & b <c> – – é "\''],
		['Title: 3 < 4 & 5,', '3 < 4 & 5'],
		['<b>Title:</b> <i>oak</i>,', 'oak'],
		['Title: None,', ''],
		['Title: No data,', ''],
		['Title:', ''],
		['Title: one\n two,', 'one two'],
		['Title: first,\n<br>Title: second,', 'first'],
		['Title: &amp;lt;,', '&lt;']
	])('has a title in %j', async (line, title) => {
		expect((await pinWith(line)).title).toBe(title);
	});

	it('takes a link from its address, the whole stamp and the kind of a video', async () => {
		const pin = await pinWith(
			'Title: x',
			'Canonical Link: <a href="https://shop.example/p?a=1&amp;b=2,3">https://shop.example/p?a=1…</a>,',
			'Created at: 2022/11/20 08:30:00,',
			'Is Video: True,'
		);
		expect(pin).toEqual({
			pinId: '1091700765947216952',
			title: 'x',
			board: '',
			boardId: '',
			link: 'https://shop.example/p?a=1&b=2,3',
			createdAt: '2022-11-20T08:30:00.000Z',
			format: 'video'
		});
		expect((await pinWith('Canonical Link: https://shop.example/p:1,')).link).toBe(
			'https://shop.example/p:1'
		);
	});

	it('does not take a link to a Pin for the next Pin', async () => {
		const line = 'Canonical Link: <a href="https://www.pinterest.com/pin/1091700765950012345/">x</a>,';
		expect((await pinWith('Title: x,', line)).link).toBe(
			'https://www.pinterest.com/pin/1091700765950012345/'
		);
	});

	it('rejects Pins whose address or stamp cannot be read', async () => {
		const text = page
			.replaceAll('/pin/1091700765947216952/', '/pin/gone/')
			.replace('2022/11/20 08:30:00', '2022/11/31 08:30:00');
		const { accepted, rejected, rejections, directory } = await read(text);
		expect({ accepted, rejected, pins: directory.pins }).toEqual({ accepted: 0, rejected: 2, pins: [] });
		expect(rejections).toEqual([
			{ line: 2, column: 'Pin', reason: 'unknown_value', value: 'https://www.pinterest.com/pin/gone/' },
			{ line: 20, column: 'Created at', reason: 'not_a_time', value: '2022/11/31 08:30:00' }
		]);
	});

	it('gives the boards of a page of boards', async () => {
		const text = pageWith('Title: x').replace(
			/<h1.*<\/body>/s,
			'<h1 id=b>Boards</h1>\n<br>Id: 900000000000000101,\n<br>Name: Shelves,\n<br><br>Id: 900000000000000102,\n<br>Name: Aprons,</body>'
		);
		expect((await read(text)).directory).toEqual({
			pins: [],
			boards: [
				{ id: '900000000000000101', name: 'Shelves' },
				{ id: '900000000000000102', name: 'Aprons' }
			]
		});
	});

	it('without Pins and boards is refused in a sentence, and so are Pins that somebody commented on', async () => {
		expect(await problemOf(pageWith())).toEqual({ code: 'archive_without_pins' });
		const comments = pageWith('Title: x').replace('>Pins</h1>', '>Comments</h1>');
		expect(await problemOf(comments)).toEqual({ code: 'archive_without_pins' });
	});

	it('of many slices is read, and a line without end does no harm', async () => {
		const block = page.slice(page.indexOf('<a href'), page.indexOf('<a href', page.indexOf('<br><br>')));
		const count = Math.ceil((3 << 20) / block.length);
		const { accepted, rejected } = await read(page.replace('<h1 id=d', `${block.repeat(count)}<h1 id=d`));
		expect({ accepted, rejected }).toEqual({ accepted: count + 2, rejected: 0 });
		const long = await pinWith(`Image: ${'<h1 '.repeat(1 << 18)},`, 'Title: x,');
		expect(long.title).toBe('x');
	}, 60_000);

	it('ends where reading is aborted', async () => {
		const gone = AbortSignal.abort();
		await expect(readArchive(gone, sourceOf(page))).rejects.toThrow(/abort/i);
	});
});

describe('other HTML', () => {
	it('is recognised, and refused after its first slice', async () => {
		const other = `<!DOCTYPE html><html><body><table>${'<tr><td>2026-09-01</td></tr>'.repeat(100)}</table></body></html>`;
		expect(looksLikeArchive(other)).toBe(0.5);
		expect(await problemOf(other)).toEqual({ code: 'other_html' });
		let reads = 0;
		const filler = new TextEncoder().encode(other.padEnd(1 << 20));
		const slice = () => Promise.resolve((reads++, filler));
		await expect(readArchive(signal, { byteLength: 200 << 20, slice })).rejects.toThrow('other_html');
		expect(reads).toBe(1);
	});

	it('is told from the archive by what it holds', () => {
		expect(looksLikeArchive(page)).toBe(1);
		expect(looksLikeArchive(page.replace('Subject Access Request Data - Pins', 'Daten'))).toBeGreaterThan(
			0.9
		);
		const others = specimenNames().filter((name) => name !== NAME);
		expect(others.filter((name) => looksLikeArchive(specimenText(name)) > 0)).toEqual([]);
	});
});
