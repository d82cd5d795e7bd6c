#!/usr/bin/env node
// Makes fitted-edits.jsonl: pairs of edits of one text, and what the client's library makes of the first after the
// second. The server's fit_in() must make the same (text_edit_test.cpp), and so must the client's rebase().
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const require = createRequire(resolve(import.meta.dirname, '../../../client-web/package.json'));
const { type: ot } = require('ot-text-unicode');
const cases = 10_000;

/** mulberry32 */
let state = 20261130;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (most) => Math.floor(random() * most);

const letters = [...'abxyنشرمح😀é'];
const words = () => Array.from({ length: 1 + below(3) }, () => letters[below(letters.length)]).join('');

/** Of a text of `length` code points. */
function someEdit(length) {
  const edit = [];
  let left = length;
  for (let parts = 1 + below(6); parts > 0; parts--) {
    const what = below(3);
    if (what === 0) edit.push(words());
    else if (left > 0) {
      const count = 1 + below(Math.min(4, left));
      left -= count;
      edit.push(what === 1 ? count : { d: count });
    }
  }
  return ot.normalize(edit);
}

const lines = [];
while (lines.length < cases) {
  const length = below(14);
  const [late, earlier] = [someEdit(length), someEdit(length)];
  if (late.length === 0 || earlier.length === 0) continue;
  lines.push(JSON.stringify([late, earlier, ot.transform(late, earlier, 'left')]));
}
writeFileSync(resolve(import.meta.dirname, 'fitted-edits.jsonl'), `${lines.join('\n')}\n`);
