import type { ClientInit } from '@sveltejs/kit';
import { startLanguage } from '$lib/i18n/locale';
import { openAhead } from '$lib/worker/page/open-ahead';

// Before the first component: all text is drawn in the visitor's language.
export const init: ClientInit = startLanguage;

openAhead();
