import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codePoints } from '../../../../client-web/src/lib/live/text-edit';
import * as edits from '../../../../client-web/src/lib/writing/edit';
import { Chance } from './random';

const chance = new Chance(2026);
const letters = ['a', 'b', 'ب', '\u0650', '👩', '🏽', '\n'];
const words = (most: number) =>
  Array.from({ length: chance.below(most) }, () => chance.one(letters)).join('');
const editOf = (text: string) => edits.between(text, words(14));
const many = 2_000;

describe('edits', () => {
  test('between two texts make the second of the first', () => {
    for (let i = 0; i < many; i++) {
      const [before, after] = [words(14), words(14)];
      expect(edits.apply(before, edits.between(before, after))).toBe(after);
    }
  });

  test('between two texts delete nothing that is in both in the same order', () => {
    for (let i = 0; i < 500; i++) {
      const before = Array.from({ length: chance.below(200) }, (_, n) => String.fromCodePoint(0x4e00 + n));
      const kept = before.filter(() => chance.happens(0.6));
      const after = kept.flatMap((letter) => (chance.happens(0.3) ? [letter, '+'] : [letter]));
      const gone = edits
        .between(before.join(''), after.join(''))
        .reduce((sum: number, part) => sum + (typeof part === 'object' ? part.d : 0), 0);
      expect(gone).toBe(before.length - kept.length);
    }
  });

  test('of two people come to the same text in both orders', () => {
    for (let i = 0; i < many; i++) {
      const text = words(14);
      const [mine, theirs] = [editOf(text), editOf(text)];
      const fitted = edits.rebase(mine, theirs);
      expect(edits.apply(edits.apply(text, mine), fitted.theirs)).toBe(
        edits.apply(edits.apply(text, theirs), fitted.mine),
      );
    }
  });

  test('that follow each other are one', () => {
    for (let i = 0; i < many; i++) {
      const text = words(14);
      const first = editOf(text);
      const second = editOf(edits.apply(text, first));
      expect(edits.apply(text, edits.compose(first, second))).toBe(
        edits.apply(edits.apply(text, first), second),
      );
    }
  });

  test.each([false, true])('in two parts do the same (deletions first: %s)', (deletionsOnly) => {
    for (let i = 0; i < many; i++) {
      const text = words(14);
      const edit = editOf(text);
      const [first, second] = edits.split(edit, 1 + chance.below(4), deletionsOnly);
      const between = edits.apply(text, first);
      expect(edits.apply(between, second)).toBe(edits.apply(text, edit));
      if (deletionsOnly) expect(codePoints(between)).toBeLessThanOrEqual(codePoints(text));
    }
  });

  test('my words stand before those that somebody else put at the same place', () =>
    expect(edits.rebase([1, 'me'], [1, 'you'])).toEqual({ mine: [1, 'me'], theirs: [3, 'you'] }));
});

test.each([
  ['line ends of Windows and of old Macs', 'a\r\nb\rc', 'a\nb\nc'],
  ['tabs', 'a\tb', 'a b'],
  [
    'controls, overrides, isolates, byte order marks, noncharacters',
    'a\u0007\u202e\u2066\ufeff\ufdd0\u{1fffe}b',
    'ab',
  ],
  ['halves of surrogate pairs', 'a\ud83db', 'ab'],
  [
    'nothing of a text with joiners and marks',
    'می\u200cخواهم\u200f é 👩\u200d👧',
    'می\u200cخواهم\u200f é 👩\u200d👧',
  ],
])('a draft takes %s as what may stand in it', (_, typed, expected) =>
  expect(edits.permitted(typed)).toBe(expected),
);

/** What the server's fit_in() is compared with (tests/unit/protocol/text_edit_test.cpp). */
test('the vectors that are shared with the server are what a page makes of them', () => {
  const file = resolve(import.meta.dirname, '../../protocol/fitted-edits.jsonl');
  const vectors = readFileSync(file, 'utf8').trim().split('\n');
  expect(vectors).toHaveLength(10_000);
  for (const line of vectors) {
    const [late, earlier, fitted] = JSON.parse(line);
    expect(edits.rebase(late, earlier).mine).toEqual(fitted);
  }
});

describe('an edit of words that stand elsewhere than was thought', () => {
  test('deletes them where they are, and stays behind what it stood behind', () => {
    // Thought: "abY"; it is "aYb". Meanwhile the Y was deleted, and a c put behind the b.
    expect(edits.carried('ab', [2, 'Y'], [1, 'Y'], [2, 'c', { d: 1 }])).toEqual([1, { d: 1 }, 1, 'c']);
  });
  test('is the same where they stand as was thought', () =>
    expect(edits.carried('ab', [1, 'Y'], [1, 'Y'], [1, { d: 1 }, 1, 'c'])).toEqual([1, { d: 1 }, 1, 'c']));
  test('goes behind the letter before, where its own is gone', () =>
    expect(edits.carried('abc', [1, 'Y'], [1, 'Y', { d: 1 }], [3, 'x'])).toEqual([2, 'x']));
});
