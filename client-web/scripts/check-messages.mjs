// Fails when a language lacks a sentence, or a plural the exact forms that its language has (CLDR); when two files that
// are read together have the same key; when nothing shows a sentence; when a line of French could begin with one of its
// signs, or end with what opens a quotation.
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../src/messages');
const locales = { ar: 'ar-MA', fr: 'fr-MA', en: 'en-GB' };
const categories = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);
const pages = new Set(readdirSync(folder).map((name) => name.split('.')[0]));
const faults = [];
/** Where the sentences of each of these files are read, those of the files beside it are read too. */
const readWith = { common: [...pages], fate: ['review', 'public', 'mail'] };

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
for (const [page, others] of Object.entries(readWith)) {
  const keys = shape(page, 'ar');
  for (const other of others.filter((name) => name !== page))
    for (const key of shape(other, 'ar').keys())
      if (keys.has(key)) faults.push(`"${key}" is in both ${page}.*.json and ${other}.*.json`);
}

/** All that is quoted in the sources, and of what goes on with `${…}` or `+`, its beginning. */
function quotedInSources() {
  const root = resolve(import.meta.dirname, '../..');
  const quoted = new Set();
  for (const place of ['client-web/src', 'server/publication', 'server/mail'])
    for (const name of readdirSync(resolve(root, place), { recursive: true })) {
      if (!/\.(svelte|ts|cpp|hpp|html|xml)$/.test(name)) continue;
      const source = readFileSync(resolve(root, place, name), 'utf8');
      for (const [, text] of source.matchAll(/(?:['"`]|\[\[)([a-zA-Z_.]+)/g)) quoted.add(text);
    }
  return quoted;
}
const quoted = quotedInSources();
const isShown = (key) =>
  quoted.has(key) ||
  key.split('.').some((_, at, parts) => at > 0 && quoted.has(`${parts.slice(0, at).join('.')}.`));
for (const page of pages)
  for (const key of shape(page, 'ar').keys())
    if (!isShown(key)) faults.push(`${page}.*.json: nothing shows "${key}"`);

/** Before a colon and within guillemets a whole space that does not break, before the other signs a narrow one. */
const looseSign = /(?<!\u00a0)[:»]|(?<![\u202f?!])[;?!]|«(?!\u00a0)/;
const noWords = /https?:\S*|--:--/g;
function checkFrench(folder) {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.fr.json')))
    for (const [key, sentence] of Object.entries(JSON.parse(readFileSync(resolve(folder, name), 'utf8')))) {
      const loose = sentence.replace(noWords, '').match(looseSign);
      if (loose)
        faults.push(
          `${name}: "${key}" has no ${/[;?!]/.test(loose[0]) ? 'U+202F' : 'U+00A0'} at "${loose[0]}"`,
        );
    }
}
checkFrench(folder);
checkFrench(resolve(folder, '../lib/generated'));

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
