// TypeScript types and the sentences of the codes, from the contracts in ../schemas: nothing is written twice.
import { compile } from 'json-schema-to-typescript';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const schemas = resolve(import.meta.dirname, '../../schemas');
const target = resolve(import.meta.dirname, '../src/lib/generated');
mkdirSync(target, { recursive: true });

/** All files as definitions of one schema, so that what they share becomes one type. */
const definitions = {};
const take = (folder, name) => {
  const text = readFileSync(join(schemas, folder, name), 'utf8').replaceAll(
    /"(?:\.\.\/live\/)?common\.schema\.json#\/definitions\//g,
    '"#/definitions/',
  );
  const { $schema, $id, definitions: inner, ...schema } = JSON.parse(text);
  Object.assign(definitions, inner);
  if ($id !== 'common.schema.json') definitions[$id.replace('.schema.json', '')] = schema;
};
for (const name of readdirSync(join(schemas, 'live'))
  .filter((name) => name.endsWith('.schema.json'))
  .sort())
  take('live', name);
take('http', 'snapshot.schema.json');

const fromServer = [
  'welcome',
  'events',
  'ack',
  'reject',
  'tick',
  'presence',
  'signals',
  'status',
  'resync',
  'bye',
  'snapshot',
];
const types = await compile(
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'FromServer',
    definitions,
    oneOf: fromServer.map((name) => ({ $ref: `#/definitions/${name}` })),
  },
  'FromServer',
  {
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: false,
    bannerComment: '// Generated from schemas/ by `npm run generate`.',
  },
);
writeFileSync(
  join(target, 'protocol.ts'),
  `${types}\n/** What comes on the live socket. */\nexport type ServerMessage = Exclude<FromServer, Snapshot>;\n`,
);

const { codes, close_codes } = JSON.parse(readFileSync(join(schemas, 'codes.json'), 'utf8'));
/** A page loads the sentences of the codes that can be met on it, and no others. */
const pages = ['join', 'room', 'console', 'receipt', 'review'];
for (const page of pages)
  for (const language of ['ar', 'fr', 'en'])
    writeFileSync(
      join(target, `codes.${page}.${language}.json`),
      JSON.stringify(
        Object.fromEntries(
          Object.entries(codes)
            .filter(([, entry]) => (entry.pages ?? pages).includes(page))
            .map(([code, entry]) => [code, entry[language]]),
        ),
        null,
        2,
      ) + '\n',
    );
const temporary = Object.keys(codes).filter((code) => codes[code].temporary);
const final = Object.values(close_codes)
  .filter((close) => !close.reconnect)
  .map((close) => close.code);
writeFileSync(
  join(target, 'codes.ts'),
  `// Generated from schemas/codes.json by \`npm run generate\`.
/** Rejections after which the client keeps the command and tries again. */
export const temporaryCodes: ReadonlySet<string> = new Set(${JSON.stringify(temporary)});
/** Close codes after which coming back is of no use. */
export const finalCloseCodes: ReadonlySet<number> = new Set(${JSON.stringify(final)});
`,
);
