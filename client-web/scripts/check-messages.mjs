// Fails when a language lacks a sentence, or a plural the exact forms that its language has (CLDR).
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../src/messages');
const locales = { ar: 'ar-MA', fr: 'fr-MA', en: 'en-GB' };
const categories = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);
const pages = new Set(readdirSync(folder).map((name) => name.split('.')[0]));
const faults = [];

/** Key -> plural forms found, or null for a plain sentence. */
function shape(page, language) {
  const messages = JSON.parse(readFileSync(resolve(folder, `${page}.${language}.json`), 'utf8'));
  const keys = new Map();
  for (const key of Object.keys(messages)) {
    const [, stem, last] = key.match(/^(.*)\.([^.]+)$/) ?? [];
    if (last && categories.has(last)) keys.set(stem, [...(keys.get(stem) ?? []), last]);
    else keys.set(key, null);
  }
  return keys;
}

for (const page of pages) {
  const shapes = Object.fromEntries(
    Object.keys(locales).map((language) => [language, shape(page, language)]),
  );
  const all = new Set(Object.values(shapes).flatMap((keys) => [...keys.keys()]));
  for (const [language, keys] of Object.entries(shapes))
    for (const key of all) {
      if (!keys.has(key)) {
        faults.push(`${page}.${language}.json: "${key}" is missing`);
        continue;
      }
      const forms = keys.get(key);
      const wanted = new Intl.PluralRules(locales[language]).resolvedOptions().pluralCategories;
      if (forms && [...forms].sort().join() !== [...wanted].sort().join())
        faults.push(
          `${page}.${language}.json: "${key}" has ${forms.join(', ')}; ${language} needs ${wanted.join(', ')}`,
        );
    }
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
