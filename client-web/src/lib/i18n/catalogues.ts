import type { Catalogue, Language } from './plural';

type Files = Record<string, () => Promise<{ default: Catalogue }>>;
const common = import.meta.glob('../../messages/common.*.json') as Files;

function file(files: Files, language: Language): Promise<Catalogue> {
  const path = Object.keys(files).find((name) => name.endsWith(`.${language}.json`))!;
  return files[path]!().then((loaded) => loaded.default);
}

function prefixed(catalogue: Catalogue): Catalogue {
  return Object.fromEntries(Object.entries(catalogue).map(([code, words]) => [`code.${code}`, words]));
}

/** What a page reads: the common sentences, those of the codes that it can meet, and its own. */
export function pageLoader(
  codes: Files | null,
  ...own: Files[]
): (language: Language) => Promise<Catalogue[]> {
  return async (language) => {
    const [sentences, ...words] = await Promise.all([
      codes ? file(codes, language).then(prefixed) : {},
      ...[common, ...own].map((files) => file(files, language)),
    ]);
    return [...words, sentences];
  };
}

/** What a part of a page reads that is loaded when it is needed. */
export function partLoader(own: Files): (language: Language) => Promise<Catalogue[]> {
  return async (language) => [await file(own, language)];
}
