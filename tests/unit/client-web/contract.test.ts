import { Ajv } from 'ajv';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const schemas = resolve(import.meta.dirname, '../../../schemas/live');
const json = (path: string) => JSON.parse(readFileSync(resolve(schemas, path), 'utf8'));

const ajv = new Ajv({ strict: false });
for (const name of readdirSync(schemas).filter((name) => name.endsWith('.schema.json'))) ajv.addSchema(json(name));

test.each(readdirSync(resolve(schemas, 'examples/valid')))('%s satisfies its schema', (name) => {
  const { schema, message } = json(`examples/valid/${name}`);
  const validate = ajv.getSchema(schema)!;
  expect(validate(message), JSON.stringify(validate.errors)).toBe(true);
});

const tellable = readdirSync(resolve(schemas, 'examples/invalid')).filter((name) => {
  const { message, code } = json(`examples/invalid/${name}`);
  return message && !code.startsWith('text_');
});
test.each(tellable)('%s does not', (name) => {
  const { schema, message } = json(`examples/invalid/${name}`);
  expect(ajv.getSchema(schema)!(message)).toBe(false);
});
