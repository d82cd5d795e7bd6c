import { describe, expect, test } from 'vitest';
import type { Contribution } from '../../../../client-web/src/lib/generated/protocol';
import type { Board } from '../../../../client-web/src/lib/live/board.svelte';
import { broughtBy, onOneCard, standing } from '../../../../client-web/src/screen/standing';
import { bestFirst } from '../../../../client-web/src/screen/views/results';
import { board as boardWith } from '../support/boards';

let seq = 0;
const card = (id: string, kind: Contribution['kind'], changes: Partial<Contribution> = {}): Contribution => ({
  ...{ id, kind, state: 'shown', text: `words of ${id}`, edits: 0, at: 0, seq: ++seq },
  ...changes,
});
const board = (...contributions: Contribution[]) => boardWith({ contributions });
const told = (board: Board) =>
  standing(board).map(({ contribution, results }) => [contribution.id, results.map(({ id }) => id)]);

describe('what a table brought, on a projector', () => {
  const brought = (...contributions: Contribution[]) =>
    broughtBy(board(...contributions), 't').map(({ contribution, results }) => [
      contribution.id,
      results.map(({ id }) => id),
    ]);

  test('is its solutions with what is expected of them, and of no other table', () =>
    expect(
      brought(
        card('s', 'solution', { table: 't' }),
        card('r', 'result', { table: 't', follows_from: ['s'] }),
        card('other', 'solution', { table: 'u' }),
        card('alone', 'result', { table: 't' }),
      ),
    ).toEqual([
      ['s', ['r']],
      ['alone', []],
    ]));
  test('stays when it was merged into what another table brought', () =>
    expect(
      brought(card('head', 'solution', { table: 'u' }), card('s', 'solution', { table: 't', merged_into: 'head' })),
    ).toEqual([['s', []]]));
  test('is nothing that the room may not read', () =>
    expect(
      brought(
        card('hidden', 'solution', { table: 't', state: 'hidden', text: undefined }),
        card('waits', 'solution', { table: 't', state: 'waiting', text: undefined }),
        card('veiled', 'solution', { table: 't', veiled: true, text: undefined }),
        card('withdrawn', 'solution', { table: 't', state: 'withdrawn', text: undefined }),
      ),
    ).toEqual([]));
});

describe('what stands on a projector', () => {
  test('is a solution with what is expected of it', () =>
    expect(
      told(
        board(
          card('s', 'solution'),
          card('r', 'result', { follows_from: ['s'] }),
          card('q', 'result', { follows_from: ['s'] }),
          card('p', 'problem'),
        ),
      ),
    ).toEqual([
      ['s', ['r', 'q']],
      ['p', []],
    ]));
  test('has with the head of a group what is expected of all in it, each once', () =>
    expect(
      told(
        board(
          card('head', 'solution'),
          card('member', 'solution', { merged_into: 'head' }),
          card('r', 'result', { follows_from: ['head', 'member'] }),
          card('q', 'result', { follows_from: ['member'] }),
          card('same', 'result', { follows_from: ['member'], merged_into: 'q' }),
        ),
      ),
    ).toEqual([['head', ['r', 'q']]]));
  test('is a result by itself where nobody may read its solution', () =>
    expect(
      told(
        board(
          card('s', 'solution', { state: 'hidden', text: undefined }),
          card('r', 'result', { follows_from: ['s'] }),
          card('alone', 'result'),
        ),
      ),
    ).toEqual([
      ['r', []],
      ['alone', []],
    ]));
  test('is nothing that is hidden, withdrawn or written silently', () =>
    expect(
      told(
        board(
          card('s', 'solution'),
          card('hidden', 'result', { follows_from: ['s'], state: 'hidden', text: undefined }),
          card('veiled', 'result', { follows_from: ['s'], veiled: true, text: undefined }),
          card('gone', 'problem', { state: 'withdrawn', text: undefined }),
        ),
      ),
    ).toEqual([['s', []]]));
  test('has on one card as many results as are read at once, one in any case', () => {
    const long = (length: number) => card('x', 'result', { text: 'ا'.repeat(length) });
    const solution = card('s', 'solution', { text: 'ا'.repeat(300) });
    const shown = (...lengths: number[]) =>
      onOneCard({ contribution: solution, results: lengths.map(long) }).length;
    expect(shown(100, 100)).toBe(2);
    expect(shown(500, 500, 10)).toBe(1);
    expect(shown(900)).toBe(1);
  });
});

describe('results', () => {
  test('rank a group by all who support any of its cards', () => {
    const found = bestFirst(
      board(
        card('one', 'solution', { supports: 4 }),
        card('group', 'solution', { supports: 1, together: 6 }),
        card('member', 'solution', { supports: 5, merged_into: 'group' }),
        card('nobody', 'solution', { supports: 0 }),
      ),
      'solution',
    );
    expect(found.map(({ contribution }) => contribution.id)).toEqual(['group', 'one']);
  });
  test('have what only hands were raised for', () =>
    expect(
      bestFirst(board(card('s', 'solution', { supports: 0, counted: { hands: 12 } })), 'solution'),
    ).toHaveLength(1));
});
