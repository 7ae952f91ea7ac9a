import { adsOfPin, levelsOf, periodsOf } from '../../engine/reported/about';
import { BoardNames } from '../../engine/reported/board-names';
import type { About } from '../../model/answer';
import type { Query } from '../../model/query';
import { reportedSubject } from './reported-part';
import type { StoredData } from './stored-data';

/** What is known of a query's Pin or board, whatever the days. */
export async function storedAbout(stored: StoredData, signal: AbortSignal, query: Query): Promise<About> {
	const { filter, subject } = query;
	if (subject === null) return { isKnown: true, pin: null, periods: [], levels: [] };
	const catalogue = await stored.catalogue();
	const facts = await stored.facts(signal);
	const boards = facts && new BoardNames(facts.identity, catalogue.boards.names);
	const reported = boards && reportedSubject(subject, boards);
	const known = {
		periods: facts && reported ? periodsOf(facts, reported, filter, await stored.labelsOf(query, facts)) : [],
		levels: facts && reported ? levelsOf(facts, reported) : []
	};
	if (subject.kind === 'pin') {
		const pin = await stored.pinAttributes(signal, subject.name);
		const ads = facts ? adsOfPin(facts, subject.name) : [];
		return { isKnown: pin !== null, pin, ...known, ...(ads.length > 0 ? { ads } : {}) };
	}
	const isReported = facts !== null && facts.identity.subjectNumber('board', reported!.name) >= 0;
	return { isKnown: catalogue.hasBoard(subject.name) || isReported, pin: null, ...known };
}
