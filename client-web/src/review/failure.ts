import { t } from '$lib/i18n/index.svelte';
import { Problem } from '$lib/http';
import { failureOf as inGeneral } from '$lib/http/failure';

/** What went wrong; of words that are published in two languages, that one of them is missing. */
export const failureOf = (error: unknown): string => {
  if (!(error instanceof Problem)) return inGeneral(error);
  const field = error.field ?? '';
  if (error.code === 'text_empty' && /(^|\.)(ar|fr)$/.test(field)) return t('words.missing');
  if (error.code === 'missing_field' && field === 'words') return t('words.missing');
  if (error.code === 'invalid_value' && ['until', 'quorum', 'rule'].includes(field))
    return t(`fault.${field}`);
  return inGeneral(error);
};
