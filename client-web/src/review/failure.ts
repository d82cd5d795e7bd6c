import { t } from '$lib/i18n/index.svelte';
import { Problem } from '$lib/http';
import { failureOf as inGeneral } from '$lib/http/failure';

/** What went wrong; of words that are published in two languages, that one of them is missing. */
export const failureOf = (error: unknown): string =>
  error instanceof Problem && error.code === 'text_empty' && /(^|\.)(ar|fr)$/.test(error.field ?? '')
    ? t('words.missing')
    : inGeneral(error);
