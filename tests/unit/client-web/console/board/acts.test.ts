import { beforeEach, describe, expect, test } from 'vitest';
import type { Contribution, Theme } from '../../../../../client-web/src/lib/generated/protocol';
import * as acts from '../../../../../client-web/src/console/board/acts';
import type { Command } from '../../../../../client-web/src/console/history.svelte';

/** A board that does what it is told, as the server does (server/live/decide_grouping.cpp). */
class SmallBoard implements acts.Look {
  contributions = new Map<string, Contribution>();
  themes: Theme[] = [];

  constructor(cards: (Partial<Contribution> & { id: string })[], themes: string[]) {
    for (const card of cards)
      this.contributions.set(card.id, {
        kind: 'problem',
        state: 'shown',
        edits: 0,
        at: 0,
        seq: 0,
        ...card,
      });
    this.themes = themes.map((id) => ({ id, title: `theme ${id}` }));
  }

  members(head: string): Contribution[] {
    return [...this.contributions.values()].filter((one) => one.merged_into === head);
  }

  run(commands: Command[]): void {
    for (const command of commands) this.take(command);
  }

  private take(command: Command): void {
    const set = (id: string, change: Partial<Contribution>) =>
      this.contributions.set(id, { ...this.contributions.get(id)!, ...change });
    const ids = (command.contributions ?? []) as string[];
    const one = command.contribution as string;
    switch (command.action) {
      case 'place':
        if (command.theme && !this.themes.some((theme) => theme.id === command.theme))
          throw new Error('theme_not_found');
        set(one, { theme: (command.theme as string | null) ?? undefined });
        break;
      case 'theme.add':
        this.themes.push({ id: command.id!, title: command.title as string });
        break;
      case 'theme.rename':
        this.themes.find((theme) => theme.id === command.theme)!.title = command.title as string;
        break;
      case 'theme.remove':
        this.themes = this.themes.filter((theme) => theme.id !== command.theme);
        for (const card of this.contributions.values())
          if (card.theme === command.theme) set(card.id, { theme: undefined });
        break;
      case 'merge':
        if (ids.length > 20) throw new Error('too many');
        for (const id of ids) {
          for (const member of this.members(id)) set(member.id, { merged_into: command.into as string });
          set(id, { merged_into: command.into as string });
        }
        break;
      case 'unmerge':
        if (ids.length > 20) throw new Error('too many');
        for (const id of ids) set(id, { merged_into: undefined });
        break;
      case 'moderate':
        set(
          one,
          command.hidden
            ? { state: 'hidden', ground: command.ground as never, reason: command.reason as string }
            : { state: 'shown', ground: undefined, reason: undefined },
        );
        break;
      case 'freeze':
        set(one, { frozen: command.on ? true : undefined });
        break;
      case 'reword': {
        const note = (command.note as string | null) ?? undefined;
        set(one, { reword: note === undefined ? undefined : true, reword_note: note });
        break;
      }
      case 'count':
        set(one, { counted: { [command.channel as string]: command.people as number } });
        break;
    }
  }

  /** What a person sees of it. */
  picture(): unknown {
    return {
      themes: this.themes.map((theme) => theme.title),
      cards: [...this.contributions.values()].map((one) => [
        one.id,
        this.themes.find((theme) => theme.id === one.theme)?.title ?? null,
        one.merged_into ?? null,
        one.state,
        one.frozen ?? false,
        one.reword_note ?? null,
      ]),
    };
  }
}

let board: SmallBoard;
beforeEach(() => {
  board = new SmallBoard(
    [
      { id: 'a', theme: 't1' },
      { id: 'b' },
      { id: 'c', theme: 't2' },
      { id: 'd' },
      { id: 'd1', merged_into: 'd' },
      { id: 'd2', merged_into: 'd' },
      { id: 'h', state: 'hidden', ground: 'off_topic' },
      { id: 'gone', state: 'withdrawn' },
    ],
    ['t1', 't2'],
  );
});

describe('every act is undone as one step', () => {
  test.each<[string, (board: SmallBoard) => acts.Act]>([
    ['placing', (b) => acts.place(b, ['a', 'b', 'd'], 't2')],
    ['taking out of a theme', (b) => acts.place(b, ['a', 'c'], null)],
    ['a new theme', (b) => acts.newTheme(b, 'new', ['a', 'b'])],
    ['renaming a theme', (b) => acts.renameTheme(b, 't1', 'other')],
    ['merging a card and a stack', (b) => acts.merge(b, 'a', ['b', 'd'])],
    ['unmerging one', (b) => acts.unmerge(b, 'd', ['d1'])],
    ['unmerging all', (b) => acts.unmerge(b, 'd', ['d1', 'd2'])],
    ['hiding', (b) => acts.hide(b, ['a', 'b', 'h'], 'disrespect', '')],
    ['showing again', (b) => acts.show(b, ['h'], 'by mistake')],
    ['asking for other words', (b) => acts.reword(b, 'a', 'أوضح')],
    ['freezing', (b) => acts.freeze(b, ['a', 'b'], true)],
  ])('%s', (_, make) => {
    const before = board.picture();
    const act = make(board);
    board.run(act.commands);
    expect(board.picture()).not.toEqual(before);
    board.run(act.inverse(board));
    expect(board.picture()).toEqual(before);
  });

  test('removing a theme', () => {
    const act = acts.removeTheme(board, board.themes[0]!);
    board.run(act.commands);
    expect(board.contributions.get('a')!.theme).toBeUndefined();
    board.run(act.inverse(board));
    const again = board.themes.find((theme) => theme.title === 'theme t1')!;
    expect(again.id).not.toBe('t1');
    expect(board.contributions.get('a')!.theme).toBe(again.id);
  });

  test('merging more than one command can name', () => {
    const many = new SmallBoard(
      Array.from({ length: 50 }, (_, i) => ({ id: `m${i}` })),
      [],
    );
    const before = many.picture();
    const act = acts.merge(many, 'm0', [...many.contributions.keys()]);
    many.run(act.commands);
    expect(many.members('m0')).toHaveLength(49);
    many.run(act.inverse(many));
    expect(many.picture()).toEqual(before);
  });
});

test('undoing leaves alone what somebody else changed since', () => {
  const placed = acts.place(board, ['a', 'b'], 't2');
  board.run(placed.commands);
  board.run([{ action: 'place', contribution: 'b', theme: 't1' }]);
  board.run(placed.inverse(board));
  expect(board.contributions.get('a')!.theme).toBe('t1');
  expect(board.contributions.get('b')!.theme).toBe('t1');
});

test('a card goes back under no theme when the one it came from is gone', () => {
  const placed = acts.place(board, ['a'], 't2');
  board.run(placed.commands);
  board.run([{ action: 'theme.remove', theme: 't1' }]);
  board.run(placed.inverse(board));
  expect(board.contributions.get('a')!.theme).toBeUndefined();
});

test('a stack moves as one', () => {
  board.run(acts.place(board, ['d'], 't1').commands);
  expect(['d', 'd1', 'd2'].map((id) => board.contributions.get(id)!.theme)).toEqual(['t1', 't1', 't1']);
});

test('an approval is undone by hiding it, with words: there is no way back to waiting', () => {
  const waiting = new SmallBoard([{ id: 'w', state: 'waiting' }], []);
  const act = acts.show(waiting, ['w'], 'approved by mistake');
  waiting.run(act.commands);
  expect(act.inverse(waiting)).toEqual([
    {
      action: 'moderate',
      contribution: 'w',
      hidden: true,
      ground: 'other',
      reason: 'approved by mistake',
    },
  ]);
});

test('a declared figure is absolute, and goes back to what it was', () => {
  const counted = new SmallBoard([{ id: 'p', counted: { hands: 12 } }], []);
  const act = acts.count(counted, 'p', 'hands', 20);
  expect(act.commands).toEqual([{ action: 'count', contribution: 'p', channel: 'hands', people: 20 }]);
  expect(act.inverse(counted)).toEqual([{ action: 'count', contribution: 'p', channel: 'hands', people: 12 }]);
});

test('what is withdrawn is left out', () => expect(acts.place(board, ['gone'], 't1').commands).toEqual([]));
