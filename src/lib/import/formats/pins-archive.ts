import { looksLikeArchive } from '../archive/looks-like-archive';
import type { ReportFormat } from './format';

/** A page of the archive that "request your data" gives: what Pins are called. Other HTML is refused in a sentence. */
export const pinsArchive: ReportFormat = {
	gives: 'report',
	name: 'pins_archive',
	score: ({ text }) => looksLikeArchive(text),
	read: async (signal, { source }, { readArchive }) => ({
		outcome: 'read',
		contents: await readArchive(signal, source),
		columns: []
	})
};
