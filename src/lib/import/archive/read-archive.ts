import type { ReportContents } from '../../columns/report-contents';
import { ProblemError } from '../../model/problem';
import { slicesOf, type ByteSource } from '../byte-source';
import { FactCollector } from '../reported/fact-collector';
import { ArchiveBlocks } from './archive-blocks';
import { HtmlLines } from './html-lines';
import { OTHER_HTML_SCORE, looksLikeArchive } from './looks-like-archive';

/** Of a page, so much is held as text at a time. */
const SLICE_BYTES = 1 << 20;

/**
 * Reads a page of the "request your data" archive to a directory: id, title, board, link, day of creation and whether it
 * is a video, of each Pin; and the names of boards. A row is the block of a Pin, or of a board. The page is read slice by
 * slice, in UTF-8; what is not valid there becomes U+FFFD.
 * @throws ProblemError other_html where it is another page, after its first slice; archive_without_pins where neither
 * Pins nor boards stand in it; AbortError on abort
 */
export async function readArchive(signal: AbortSignal, source: ByteSource): Promise<ReportContents> {
	const collector = new FactCollector();
	const blocks = new ArchiveBlocks(collector);
	const lines = new HtmlLines();
	const decoder = new TextDecoder();
	let isKnown = false;
	const read = (text: string) => {
		if (!isKnown && looksLikeArchive(text) <= OTHER_HTML_SCORE)
			throw new ProblemError({ code: 'other_html' });
		isKnown = true;
		lines.push(text, (line) => blocks.add(line));
	};
	for await (const slice of slicesOf(source, SLICE_BYTES)) {
		signal.throwIfAborted();
		read(decoder.decode(slice, { stream: true }));
	}
	read(decoder.decode());
	lines.finish((line) => blocks.add(line));
	blocks.finish();
	collector.directory = { pins: blocks.pins, boards: [...blocks.boards.values()] };
	const contents = collector.result();
	if (contents.accepted + contents.rejected === 0) throw new ProblemError({ code: 'archive_without_pins' });
	return contents;
}
