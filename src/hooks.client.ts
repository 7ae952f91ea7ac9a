import type { ClientInit } from '@sveltejs/kit';
import { startLanguage } from '$lib/i18n/locale';
import { openAhead } from '$lib/worker/page/client';

// Before the first component: all text is drawn in the visitor's language.
export const init: ClientInit = startLanguage;

// An address that names a workspace may mean another than the first.
if (!new URLSearchParams(location.search).has('ws')) openAhead();
