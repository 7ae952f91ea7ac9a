import type { DayRange } from '$lib/view/range';
import type { Session } from '../state/session.svelte';
import AddNoteButton from './AddNoteButton.svelte';
import ChartNotes from './ChartNotes.svelte';
import LabelBar from './LabelBar.svelte';
import LabelFilter from './LabelFilter.svelte';
import LabelsButton from './LabelsButton.svelte';
import NoteMarks from './NoteMarks.svelte';
import NotesCard from './NotesCard.svelte';
import OwnRoot from './OwnRoot.svelte';
import { OwnWordsState } from './own-words.svelte';
import PinCheck from './PinCheck.svelte';
import PhoneViews from './PhoneViews.svelte';
import { pictureNotes } from './picture-notes';
import SaveViewButton from './SaveViewButton.svelte';

const COMPONENTS = {
	AddNoteButton,
	ChartNotes,
	LabelBar,
	LabelFilter,
	LabelsButton,
	PinCheck,
	NoteMarks,
	NotesCard,
	OwnRoot,
	PhoneViews,
	SaveViewButton
} as const;

export type OwnComponents = typeof COMPONENTS;

/** What pages show of notes, saved views and labels, in one file that comes after the first paint. */
export interface OwnParts {
	readonly state: OwnWordsState;
	readonly components: OwnComponents;
	/** Lines for the picture of a chart. */
	readonly pictureNotes: (range: DayRange) => readonly string[];
}

/** The parts, over the words of the workspace on screen. */
export function ownParts(session: Session): OwnParts {
	const state = new OwnWordsState(session);
	return {
		state,
		components: COMPONENTS,
		pictureNotes: (range) => pictureNotes(state.notes, range)
	};
}
