import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const source = join(root, 'client-web/src');
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const { codes } = json(join(root, 'schemas/codes.json')) as {
  codes: Record<string, { on: string; pages?: string[] } & Record<string, string>>;
};
const pages = ['join', 'room', 'console', 'receipt', 'review'];
const sentences = (page: string, language: string): Record<string, string> =>
  json(join(source, `lib/generated/codes.${page}.${language}.json`));

/** The text of everything under a folder. */
const textOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe('the sentences of the codes', () => {
  test.each(pages)('%s has those that can be met there in every language, and no others', (page) => {
    const expected = Object.keys(codes).filter((code) => (codes[code]!.pages ?? pages).includes(page));
    for (const language of ['ar', 'fr', 'en']) {
      expect(Object.keys(sentences(page, language))).toEqual(expected);
      for (const code of expected) expect(sentences(page, language)[code]).toBe(codes[code]![language]);
    }
  });

  test('name pages that there are', () => {
    for (const { pages: named } of Object.values(codes))
      for (const page of named ?? []) expect(pages).toContain(page);
  });

  test.each(pages)('%s names no code in its own text that it has no sentence for', (page) => {
    const own = {
      ...json(join(source, 'messages/common.en.json')),
      ...json(join(source, `messages/${page}.en.json`)),
    };
    for (const [, code] of textOf(join(source, page)).matchAll(/t\(['"]code\.(\w+)/g))
      expect(sentences(page, 'en')[code!] ?? own[`code.${code}`], code).toBeDefined();
  });

  test('of who steers and of the review are not on the pages of participants', () => {
    for (const page of ['join', 'room', 'receipt']) {
      const own = sentences(page, 'ar');
      for (const code of [
        'too_many_themes',
        'timer_not_running',
        'commitment_not_found',
        'second_person_needed',
      ])
        expect(own[code]).toBeUndefined();
    }
  });
});
