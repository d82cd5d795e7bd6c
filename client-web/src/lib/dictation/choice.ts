import type { Language } from '$lib/i18n/plural';

/** Of what is spoken: as recognisers call it. */
export const tags: Record<Language, string> = { ar: 'ar-MA', fr: 'fr-FR', en: 'en-GB' };
const stored = 'warsha.dictation';

/** Arabic and French, and the page's own language first. */
export function choices(page: Language): Language[] {
  return [...new Set<Language>([page, 'ar', 'fr'])];
}

/** What was chosen on this device, once it was said where the sound goes; null before. */
export function chosen(page: Language): Language | null {
  try {
    const kept = localStorage.getItem(stored);
    return kept === null ? null : (choices(page).find((one) => one === kept) ?? page);
  } catch {
    return null;
  }
}

export function keep(language: Language): void {
  try {
    localStorage.setItem(stored, language);
  } catch {
    // No storage: it is said again on the next page.
  }
}
