import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');

describe.each(['schemas/live/asyncapi.yaml', 'schemas/http/openapi.yaml'])('%s', (document) => {
  test('refers to files that exist', () => {
    const files = [...read(document).matchAll(/\$ref: '?(\.[^#'\s]+)/g)].map((match) => match[1]!);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(resolve(root, dirname(document), file)), file).toBe(true);
  });
});

test('every message has its place in the AsyncAPI document', () => {
  const document = read('schemas/live/asyncapi.yaml');
  const schemas = readdirSync(resolve(root, 'schemas/live')).filter((name) => name.endsWith('.schema.json'));
  for (const name of schemas)
    if (name !== 'common.schema.json') expect(document, name).toContain(`$ref: ./${name}`);
});

test('every route of the server has its place in the OpenAPI document, and no other', () => {
  const folder = 'server/consultation';
  const files = readdirSync(resolve(root, folder))
    .filter((name) => name.endsWith('.cpp'))
    .map((name) => `${folder}/${name}`);
  const routes = [...files, 'server/publication/routes.cpp', 'server/mail/routes.cpp']
    .flatMap((file) => [...read(file).matchAll(/"(\/(?:api|health)[^"]*)"/g)])
    .map((match) => match[1]!);
  const documented = [...read('schemas/http/openapi.yaml').matchAll(/^ {2}(\/\S*):$/gm)].map((match) => match[1]!);
  expect([...new Set(routes)].sort()).toEqual(documented.sort());
});
