import { describe, expect, test } from 'vitest';
import type { Contribution } from '../../../../../client-web/src/lib/generated/protocol';
import { Arranger, type Wanted } from '../../../../../client-web/src/console/board/arrange';

const card = (id: string, more: Partial<Contribution> = {}): Contribution => ({
  id,
  kind: 'problem',
  state: 'shown',
  text: `text ${id}`,
  edits: 0,
  at: 0,
  seq: 0,
  ...more,
});
const themes = [
  { id: 't1', title: 'one' },
  { id: 't2', title: 'two' },
];
const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  kind: 'problem',
  themes,
  search: '',
  filter: 'all',
  placing: new Map(),
  ...more,
});
const ids = (arranger: Arranger, cards: Contribution[], more: Partial<Wanted> = {}) =>
  arranger
    .arrange(cards, wanted(more))
    .columns.map((column) => column.cards.map((one) => one.contribution.id));

describe('the columns', () => {
  test('begin with what has no theme, then follow the themes', () =>
    expect(ids(new Arranger(), [card('a', { theme: 't2' }), card('b'), card('c', { theme: 't1' })])).toEqual([
      ['b'],
      ['c'],
      ['a'],
    ]));

  test('a theme that is gone has no cards', () =>
    expect(ids(new Arranger(), [card('a', { theme: 'gone' })])).toEqual([['a'], [], []]));

  test('hold heads only; what was merged is with its head', () => {
    const { columns } = new Arranger().arrange([card('a'), card('b', { merged_into: 'a' })], wanted());
    expect(
      columns[0]!.cards.map((one) => [one.contribution.id, one.members.map((member) => member.id)]),
    ).toEqual([['a', ['b']]]);
  });

  test('leave out what was withdrawn, and what waits is apart', () => {
    const cards = [card('a', { state: 'withdrawn' }), card('b', { state: 'waiting', kind: 'solution' })];
    const arranged = new Arranger().arrange(cards, wanted());
    expect(arranged.columns[0]!.cards).toEqual([]);
    expect(arranged.waiting.map((one) => one.id)).toEqual(['b']);
  });

  test('show where a card was put before the server has said so', () =>
    expect(ids(new Arranger(), [card('a')], { placing: new Map([['a', 't2']]) })).toEqual([[], [], ['a']]));
});

describe('searching', () => {
  test('finds Arabic words however their letters are written', () => {
    const cards = [card('a', { text: 'الإِدارةُ بعيدة' }), card('b', { text: 'الطريق' })];
    expect(ids(new Arranger(), cards, { search: 'الاداره' })[0]).toEqual(['a']);
  });
  test('finds a head by what was merged into it', () => {
    const cards = [card('a', { text: 'x' }), card('b', { text: 'l’école', merged_into: 'a' })];
    expect(ids(new Arranger(), cards, { search: 'ecole' })[0]).toEqual(['a']);
  });
  test('still tells how many there are', () => {
    const arranged = new Arranger().arrange([card('a'), card('b')], wanted({ search: 'text a' }));
    expect([arranged.found, arranged.all, arranged.columns[0]!.all]).toEqual([1, 2, 2]);
  });
});

describe('what has not changed is the same object', () => {
  const cards = Array.from({ length: 100 }, (_, i) => card(`c${i}`, i % 3 ? {} : { theme: 't1' }));

  test('when a card comes, the other columns and all chunks but the last', () => {
    const arranger = new Arranger();
    const before = arranger.arrange(cards, wanted());
    const after = arranger.arrange([...cards, card('new')], wanted());
    expect(after.columns[1]).toBe(before.columns[1]);
    expect(after.columns[0]).not.toBe(before.columns[0]);
    expect(after.columns[0]!.chunks.slice(0, -1)).toEqual(before.columns[0]!.chunks.slice(0, -1));
    for (const [i, chunk] of before.columns[0]!.chunks.slice(0, -1).entries())
      expect(after.columns[0]!.chunks[i]).toBe(chunk);
  });

  test('when a card leaves, the chunks that it was not in', () => {
    const arranger = new Arranger();
    const before = arranger.arrange(cards, wanted());
    const moved = cards.map((one) => (one.id === 'c1' ? { ...one, theme: 't2' } : one));
    const after = arranger.arrange(moved, wanted());
    expect(after.columns[0]!.chunks[0]).not.toBe(before.columns[0]!.chunks[0]);
    expect(after.columns[0]!.chunks[1]).toBe(before.columns[0]!.chunks[1]);
  });
});

test('a filter shows what a facilitator looks for', () => {
  const cards = [
    card('hidden', { state: 'hidden' }),
    card('veiled', { veiled: true }),
    card('asked', { reword: true }),
    card('head'),
    card('member', { merged_into: 'head' }),
    card('frozen', { frozen: true }),
    card('liked', { supports: 3 }),
  ];
  const found = (filter: Wanted['filter']) => ids(new Arranger(), cards, { filter })[0];
  expect(found('hidden')).toEqual(['hidden']);
  expect(found('veiled')).toEqual(['veiled']);
  expect(found('reword')).toEqual(['asked']);
  expect(found('merged')).toEqual(['head']);
  expect(found('frozen')).toEqual(['frozen']);
  expect(found('unsupported')).not.toContain('liked');
});
