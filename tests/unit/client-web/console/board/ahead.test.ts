import { expect, test } from 'vitest';
import * as acts from '../../../../../client-web/src/console/board/acts';
import { ahead } from '../../../../../client-web/src/console/board/ahead';
import type { Contribution } from '../../../../../client-web/src/lib/generated/protocol';

const card = (id: string, more: Partial<Contribution> = {}): Contribution => ({
  id,
  kind: 'problem',
  state: 'shown',
  edits: 0,
  at: 0,
  seq: 0,
  ...more,
});
const told = (...cards: Contribution[]): acts.Look => ({
  contributions: new Map(cards.map((one) => [one.id, one])),
  themes: [{ id: '1', title: 'الماء' }],
  members: (head) => cards.filter((one) => one.merged_into === head),
});
const waiting = (...commands: ({ action: string; id?: string } & Record<string, unknown>)[]) =>
  commands.map(({ id = 'made', ...command }) => ({ id, command, state: 'waiting' as const }));
const nowhere = new Map<string, string | null>();

test('where nothing waits it is the board', () => {
  const board = told(card('a'));
  expect(ahead(board, [], nowhere)).toBe(board);
});

test('a card that is dragged back before it is answered is sent back', () => {
  const moved = waiting({ action: 'place', contribution: 'a', theme: '1' });
  const look = ahead(told(card('a')), moved, new Map([['a', '1']]));
  expect(acts.place(look, ['a'], null).commands).toEqual([{ action: 'place', contribution: 'a', theme: null }]);
  expect(acts.place(look, ['a'], '1').commands).toEqual([]);
});

test('so is one that was answered and is not told yet', () => {
  const look = ahead(told(card('a')), [], new Map([['a', '1']]));
  expect(acts.place(look, ['a'], null).commands).toHaveLength(1);
});

test('what is frozen and not answered is thawed', () => {
  const look = ahead(told(card('a')), waiting({ action: 'freeze', contribution: 'a', on: true }), nowhere);
  expect(look.contributions.get('a')!.frozen).toBe(true);
  expect(acts.freeze(look, ['a'], false).commands).toEqual([{ action: 'freeze', contribution: 'a', on: false }]);
});

test('what is hidden and not answered can be shown', () => {
  const hidden = waiting({ action: 'moderate', contribution: 'a', hidden: true, ground: 'off_topic' });
  const look = ahead(told(card('a')), hidden, nowhere);
  expect(acts.show(look, ['a'], 'بالخطأ').commands).toHaveLength(1);
  expect(acts.hide(look, ['a'], 'off_topic', '').commands).toEqual([]);
});

test('what is merged moves as one, and apart again each for itself', () => {
  const board = told(card('a'), card('b', { merged_into: 'c' }), card('c'));
  const merged = { action: 'merge', into: 'a', contributions: ['c'] };
  const moved = (look: acts.Look) => acts.place(look, ['a'], '1').commands.map((one) => one.contribution);
  expect(moved(ahead(board, waiting(merged), nowhere))).toEqual(['a', 'b', 'c']);
  const apart = { action: 'unmerge', contributions: ['b', 'c'] };
  expect(moved(ahead(board, waiting(merged, apart), nowhere))).toEqual(['a']);
});

test('themes come, are renamed and go with what waits', () => {
  const board = told(card('a', { theme: '1' }));
  const look = ahead(
    board,
    waiting(
      { action: 'theme.add', id: '2', title: 'الطرق' },
      { action: 'theme.rename', theme: '2', title: 'النقل' },
      { action: 'theme.remove', theme: '1' },
    ),
    new Map([['a', '1']]),
  );
  expect(look.themes).toEqual([{ id: '2', title: 'النقل' }]);
  expect(look.contributions.get('a')!.theme).toBeUndefined();
  expect(board.contributions.get('a')!.theme).toBe('1');
});

test('what was refused is not done', () => {
  const [refused] = waiting({ action: 'freeze', contribution: 'a', on: true });
  const look = ahead(told(card('a')), [{ ...refused!, state: 'rejected' as const }], nowhere);
  expect(look.contributions.get('a')!.frozen).toBeUndefined();
});
