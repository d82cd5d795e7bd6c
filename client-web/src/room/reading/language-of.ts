import type { Language } from '$lib/i18n/plural';

/** The language to read words aloud in: by their letters, and among Latin ones by that of the page. */
export function languageOf(text: string, page: Language): Language {
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (arabic > latin) return 'ar';
  if (latin === 0) return page;
  return page === 'ar' ? 'fr' : page;
}
