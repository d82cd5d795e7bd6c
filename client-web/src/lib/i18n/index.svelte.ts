import {
  direction,
  languages,
  locales,
  numberFormat,
  translate,
  type Catalogue,
  type Language,
  type Params,
} from './plural';

export { languages, languageNames, direction, type Language } from './plural';

const stored = 'warsha.language';
const parameter = 'language';

type Loader = (language: Language) => Promise<Catalogue[]>;

/** The page's language and its sentences. One for each page; the catalogue of one language is loaded at a time. */
class Translator {
  language = $state<Language>('ar');
  private catalogue = $state.raw<Catalogue>({});
  private loaders = new Set<Loader>();
  /** The language that was asked for last: the only one that is shown, however long another takes to load. */
  private wanted: Language = 'ar';

  /** Without loading: for prerendering and for the first paint of a prerendered page. */
  begin(language: Language, catalogue: Catalogue, loader: Loader): void {
    this.language = language;
    this.catalogue = catalogue;
    this.loaders = new Set([loader]);
  }

  async start(loader: Loader): Promise<void> {
    this.loaders = new Set([loader]);
    await this.use(wantedLanguage() ?? spokenLanguage() ?? 'ar');
  }

  /** More sentences, of a part of the page that is loaded when it is needed. Once for each loader that has loaded. */
  async also(loader: Loader): Promise<void> {
    if (this.loaders.has(loader)) return;
    const { language } = this;
    const catalogues = await loader(language);
    this.loaders.add(loader);
    if (language === this.language) this.catalogue = Object.assign({}, this.catalogue, ...catalogues);
    else await this.use(this.wanted); // changed meanwhile
  }

  /** Keeps the place on the page: only words and direction change. */
  async use(language: Language): Promise<void> {
    this.wanted = language;
    const loaders = [...this.loaders];
    const catalogues = await Promise.all(loaders.map((loader) => loader(language)));
    if (language !== this.wanted) return;
    if (loaders.length < this.loaders.size) return this.use(language); // more sentences came meanwhile
    this.catalogue = Object.assign({}, ...catalogues.flat());
    this.language = language;
    document.documentElement.lang = language;
    document.documentElement.dir = direction(language);
  }

  /** Somebody's own choice, kept for the next visit. */
  async choose(language: Language): Promise<void> {
    askNoMore();
    remember(language);
    await this.use(language);
  }

  t = (key: string, params?: Params): string => translate(this.catalogue, this.language, key, params);
  has = (key: string): boolean => key in this.catalogue;
  number = (value: number): string => numberFormat(this.language).format(value);
  date = (value: string | number, options: Intl.DateTimeFormatOptions = { dateStyle: 'long' }): string =>
    new Intl.DateTimeFormat(locales[this.language], options).format(new Date(value));
}

/** What the link that led here asks for, as those of the public pages do; else what was chosen on another visit. */
export function wantedLanguage(): Language | null {
  return known(new URLSearchParams(location.search).get(parameter)) ?? rememberedLanguage();
}

/** The first language of the browser's that Warsha speaks. */
export function spokenLanguage(): Language | null {
  return navigator.languages.map((tag) => known(tag.toLowerCase().split('-')[0]!)).find(Boolean) ?? null;
}

/** Who goes on from a page in the language that its link asked for stays in it. */
export function keepWanted(): void {
  const language = wantedLanguage();
  if (language) remember(language);
}

function remember(language: Language): void {
  try {
    localStorage.setItem(stored, language);
  } catch {
    // Private browsing without storage: the choice lasts as long as the page.
  }
}

function rememberedLanguage(): Language | null {
  try {
    return known(localStorage.getItem(stored));
  } catch {
    return null;
  }
}

const known = (value: string | null): Language | null =>
  languages.find((language) => language === value) ?? null;

/** A choice on the page outlives what its address asked for. */
function askNoMore(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has(parameter)) return;
  address.searchParams.delete(parameter);
  history.replaceState(history.state, '', address);
}

export const i18n = new Translator();
export const t = i18n.t;

/** The sentence of a stable code of the server. */
export function sentence(code: string): string {
  const key = `code.${code}`;
  return i18n.has(key) ? t(key) : t('code.internal');
}
