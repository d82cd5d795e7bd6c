import { beforeEach, describe, expect, test, vi } from 'vitest';
import { i18n, keepWanted, t } from '../../../client-web/src/lib/i18n/index.svelte';

type Loader = Parameters<typeof i18n.also>[0];
const page: Loader = async (language) => [{ page: `page ${language}` }];

/** The page's address, as the browser has it. */
let address: URL;
const remembered = new Map<string, string>();

beforeEach(async () => {
  remembered.clear();
  vi.stubGlobal('document', { documentElement: {} });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => remembered.get(key) ?? null,
    setItem: (key: string, value: string) => void remembered.set(key, value),
  });
  vi.stubGlobal('history', { state: null, replaceState: (_: unknown, _title: string, to: URL) => visit(to.href) });
  browserSpeaks('ar-MA');
  visit('https://warsha.example/receipt');
  await i18n.start(page);
});
function browserSpeaks(...tags: string[]): void {
  vi.stubGlobal('navigator', { languages: tags });
}
function visit(href: string): void {
  address = new URL(href);
  vi.stubGlobal('location', address);
}

describe('the language of a page', () => {
  test('is the one that its link asks for, whatever was chosen on another visit', async () => {
    remembered.set('warsha.language', 'en');
    visit('https://warsha.example/receipt?language=fr');
    await i18n.start(page);
    expect(i18n.language).toBe('fr');
    visit('https://warsha.example/receipt?language=tlh');
    await i18n.start(page);
    expect(i18n.language).toBe('en');
  });

  test('is from then on the one that is chosen on it', async () => {
    visit('https://warsha.example/receipt?language=fr&x=1');
    await i18n.start(page);
    await i18n.choose('ar');
    expect(address.href).toBe('https://warsha.example/receipt?x=1');
    await i18n.start(page);
    expect(i18n.language).toBe('ar');
  });
});

describe('the language of a page that nobody chose one for', () => {
  test.each([
    [['fr-FR', 'ar'], 'fr'],
    [['en-GB', 'fr'], 'en'],
    [['zgh-MA', 'FR'], 'fr'],
    [['de', 'es-ES'], 'ar'],
    [[], 'ar'],
  ])('is with a browser that speaks %j: %s', async (tags, expected) => {
    browserSpeaks(...tags);
    await i18n.start(page);
    expect(i18n.language).toBe(expected);
  });

  test('gives way to any choice, also on pages that follow the one whose link asked for it', async () => {
    browserSpeaks('fr');
    remembered.set('warsha.language', 'ar');
    await i18n.start(page);
    expect(i18n.language).toBe('ar');
    remembered.clear();
    visit('https://warsha.example/j/K7QM3F?language=en');
    await i18n.start(page);
    keepWanted();
    visit('https://warsha.example/room/1');
    await i18n.start(page);
    expect(i18n.language).toBe('en');
  });

  test('is not remembered where it is only what the browser speaks', async () => {
    browserSpeaks('fr');
    await i18n.start(page);
    keepWanted();
    browserSpeaks('en');
    await i18n.start(page);
    expect(i18n.language).toBe('en');
  });
});

describe('the sentences of a part of the page', () => {
  test('come when they are loaded, in each language that follows', async () => {
    await i18n.also(async (language) => [{ part: `part ${language}` }]);
    expect([t('page'), t('part')]).toEqual(['page ar', 'part ar']);
    await i18n.use('fr');
    expect([t('page'), t('part')]).toEqual(['page fr', 'part fr']);
  });

  test('can be tried again after they could not be loaded, and hinder no change of language', async () => {
    let network = false;
    const part: Loader = async (language) => {
      if (!network) throw new TypeError('no network');
      return [{ part: `part ${language}` }];
    };
    await expect(i18n.also(part)).rejects.toThrow('no network');
    await i18n.use('fr');
    expect(t('page')).toBe('page fr');
    network = true;
    await i18n.also(part);
    expect(t('part')).toBe('part fr');
  });

  test('that come while the language changes are of the new one', async () => {
    let come: () => void = () => {};
    const later = new Promise<void>((resolve) => (come = resolve));
    const loading = i18n.also(async (language) => later.then(() => [{ part: `part ${language}` }]));
    await i18n.use('fr');
    come();
    await loading;
    expect([t('page'), t('part')]).toEqual(['page fr', 'part fr']);
    expect(i18n.language).toBe('fr');
  });

  test('that come before the new language has are in it too', async () => {
    let come: () => void = () => {};
    const later = new Promise<void>((resolve) => (come = resolve));
    await i18n.start(async (language) => {
      if (language === 'fr') await later;
      return [{ page: `page ${language}` }];
    });
    const changing = i18n.use('fr');
    await i18n.also(async (language) => [{ part: `part ${language}` }]);
    come();
    await changing;
    expect([t('page'), t('part')]).toEqual(['page fr', 'part fr']);
  });
});

test('the language that was chosen last is shown, however long another takes to load', async () => {
  let come: () => void = () => {};
  const later = new Promise<void>((resolve) => (come = resolve));
  await i18n.start(async (language) => {
    if (language === 'fr') await later;
    return [{ page: `page ${language}` }];
  });
  const slow = i18n.use('fr');
  await i18n.use('en');
  come();
  await slow;
  expect(t('page')).toBe('page en');
  expect(i18n.language).toBe('en');
});
