import { startLanguage } from '$lib/i18n/locale';

// Before the first component: all text is drawn in the visitor's language.
startLanguage();
