import { describe, expect, test } from 'vitest';
import { alike } from '../../../../../client-web/src/lib/text/alike';
import { fold } from '../../../../../client-web/src/lib/text/fold';
import {
  bestHead,
  keyOf,
  keyOfHeading,
  stillOpen,
} from '../../../../../client-web/src/console/board/suggested';
import type { Contribution } from '../../../../../client-web/src/lib/generated/protocol';

describe('folding', () => {
  test.each([
    ['الإِدَارَة', 'الاداره'],
    ['مُسـتشفى', 'مستشفي'],
    ['École', 'ecole'],
  ])('%s is %s', (text, folded) => expect(fold(text)).toBe(folded));
});

describe('what texts share', () => {
  const shared = (texts: string[]) =>
    alike(texts).map((pieces) => pieces.filter((piece) => piece.shared).map((piece) => piece.text));

  test('is found behind the article and in other spellings', () =>
    expect(shared(['النقل المدرسي غائب', 'غياب نقل مدرسى'])).toEqual([
      ['النقل', 'المدرسي'],
      ['نقل', 'مدرسى'],
    ]));
  test('is not what one text alone repeats', () => expect(shared(['route route', 'eau'])).toEqual([[], []]));
  test('keeps every letter in its place', () => {
    const text = '  Route « coupée », eau !';
    expect(
      alike([text, 'route eau'])[0]!
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

describe('a suggestion is open', () => {
  const cards = new Map<string, Contribution>(
    (
      [
        ['a', {}],
        ['b', {}],
        ['c', {}],
        ['hidden', { state: 'hidden' }],
        ['merged', { merged_into: 'a' }],
        ['grouped', { theme: 't' }],
      ] as [string, Partial<Contribution>][]
    ).map(([id, more]) => [id, { id, kind: 'problem', state: 'shown', edits: 0, at: 0, seq: 0, ...more }]),
  );
  const found = {
    duplicates: [
      { contributions: ['a', 'merged'], likeness: 0.9 },
      { contributions: ['b', 'c'], likeness: 0.8 },
    ],
    headings: [
      { title: 'Routes', contributions: ['a', 'b', 'grouped'] },
      { title: 'Eau', contributions: ['c', 'hidden'] },
    ],
  };
  test('while at least two of its cards stand', () => {
    const open = stillOpen(found, cards, new Set());
    expect(open.duplicates).toEqual([{ contributions: ['b', 'c'], likeness: 0.8 }]);
    expect(open.headings).toEqual([{ title: 'Routes', contributions: ['a', 'b'] }]);
  });
  test('until it is refused', () => {
    const refused = new Set([keyOf(['c', 'b']), keyOfHeading('routes')]);
    expect(stillOpen(found, cards, refused)).toEqual({ duplicates: [], headings: [] });
  });
  test('with the most supported on top, else the first', () => {
    expect(bestHead(['a', 'b'], cards)).toBe('a');
    const liked = new Map(cards).set('b', { ...cards.get('b')!, supports: 4 });
    expect(bestHead(['a', 'b'], liked)).toBe('b');
  });
});
