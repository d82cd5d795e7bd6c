import { beforeEach, describe, expect, test, vi } from 'vitest';
import { i18n, t } from '../../../client-web/src/lib/i18n/index.svelte';

type Loader = Parameters<typeof i18n.also>[0];
const page: Loader = async (language) => [{ page: `page ${language}` }];

beforeEach(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  vi.stubGlobal('location', { search: '' });
  await i18n.start(page);
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
