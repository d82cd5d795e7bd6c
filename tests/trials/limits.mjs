// The limits of protocol/limits.hpp by their names, so that a trial expects what the server promises today.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/server.mjs';

const text = readFileSync(join(root, 'protocol/limits.hpp'), 'utf8');
const unitMs = { ms: 1, s: 1_000, h: 3_600_000 };

/** A duration in ms. */
export function durationMs(name) {
  const found = new RegExp(`\\b${name} = (\\d+)(ms|s|h);`).exec(text);
  if (!found) throw new Error(`protocol/limits.hpp has no duration ${name}`);
  return Number(found[1]) * unitMs[found[2]];
}
