/** Replaces {name} by params.name; {count, plural: one=…|other=…} is written as separate keys: key.one, key.other. */
export type Params = Record<string, string | number>;
export type Catalogue = Record<string, string>;
export type Language = 'ar' | 'fr' | 'en';
export const languages: readonly Language[] = ['ar', 'fr', 'en'];
export const languageNames: Record<Language, string> = { ar: 'العربية', fr: 'Français', en: 'English' };

/** Always with a region: plain "ar" may give Arabic-Indic digits, which Morocco does not use. */
export const locales: Record<Language, string> = { ar: 'ar-MA', fr: 'fr-MA', en: 'en-GB' };

export function direction(language: Language): 'rtl' | 'ltr' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** Making a formatter costs more than a card of the board; there is one for each language. */
function once<Made>(make: (locale: string) => Made): (language: Language) => Made {
  const made = new Map<Language, Made>();
  return (language) => {
    let one = made.get(language);
    if (one === undefined) made.set(language, (one = make(locales[language])));
    return one;
  };
}
export const numberFormat = once((locale) => new Intl.NumberFormat(locale));
const pluralRules = once((locale) => new Intl.PluralRules(locale));

/**
 * The sentence of a key. With a `count` among the params, the form of the language's plural category is
 * taken (CLDR: Arabic has six). A key that is not there gives itself, so that a gap is seen and not hidden.
 */
export function translate(
  catalogue: Catalogue,
  language: Language,
  key: string,
  params: Params = {},
): string {
  let sentence = catalogue[key];
  if (typeof params.count === 'number') {
    const category = pluralRules(language).select(params.count);
    sentence = catalogue[`${key}.${category}`] ?? catalogue[`${key}.other`] ?? sentence;
  }
  if (sentence === undefined) return key;
  const number = numberFormat(language);
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : typeof value === 'number' ? number.format(value) : value;
  });
}
