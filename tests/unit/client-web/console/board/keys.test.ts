import { describe, expect, test } from 'vitest';
import type { Arrangement } from '../../../../../client-web/src/console/board/arrangement.svelte';
import { Keys } from '../../../../../client-web/src/console/board/keys';
import type { RovingFocus } from '../../../../../client-web/src/console/board/roving-focus';
import { Selection } from '../../../../../client-web/src/console/board/selection.svelte';

type Where = 'face' | 'more' | 'page' | 'field';

/** A board with the cards a, b, c in one column; the focus is on b, on a button of it, elsewhere, or in a field. */
function make({ grouping = true, waiting = false, escapes = false } = {}) {
  const done: unknown[][] = [];
  const tell = (what: string) => (about?: unknown) => void done.push(about === undefined ? [what] : [what, about]);
  const selection = new Selection();
  const arrangement = { grouping, columnOf: () => ['a', 'b', 'c'] } as unknown as Arrangement;
  const focus = { to: tell('to') } as unknown as RovingFocus;
  const acts = ['move', 'newTheme', 'merge', 'hide', 'freeze', 'reword', 'open', 'undo', 'help'] as const;
  const keys = new Keys(arrangement, selection, focus, {
    ...(Object.fromEntries(acts.map((act) => [act, tell(act)])) as Record<(typeof acts)[number], () => void>),
    waiting: () => waiting,
    escape: () => escapes,
  });
  /** Gives whether the browser was kept from doing anything with it. */
  function press(key: Partial<KeyboardEvent>, where: Where = 'face'): boolean {
    const card = { dataset: { card: 'b' } };
    const target = {
      closest: (selector: string) =>
        selector === '[data-card]' ? (where === 'face' || where === 'more' ? card : null) : where === 'field' ? {} : null,
      matches: () => where === 'face',
    };
    let kept = false;
    keys.down({ ...key, target, preventDefault: () => void (kept = true) } as unknown as KeyboardEvent);
    return kept;
  }
  return { press, done, selection };
}

describe('a key on a card', () => {
  test.each([
    ['KeyM', 'move', ['b']],
    ['KeyN', 'newTheme', ['b']],
    ['KeyG', 'merge', ['b']],
    ['KeyH', 'hide', ['b']],
    ['KeyF', 'freeze', ['b']],
    ['KeyR', 'reword', 'b'],
    ['KeyO', 'open', 'b'],
  ])('%s does %s', (code, act, about) => {
    const { press, done } = make();
    expect(press({ code, key: 'ة' })).toBe(true);
    expect(done).toEqual([[act, about]]);
  });

  test('is meant for the selection when the card is one of it', () => {
    const { press, done, selection } = make();
    selection.set(['a', 'b']);
    press({ code: 'KeyH', key: 'h' });
    selection.set(['a', 'c']);
    press({ code: 'KeyH', key: 'h' });
    expect(done).toEqual([
      ['hide', ['a', 'b']],
      ['hide', ['b']],
    ]);
  });

  test('is never one that groups where nothing is grouped, and Enter opens there', () => {
    const { press, done } = make({ grouping: false });
    expect(press({ code: 'KeyM', key: 'm' })).toBe(false);
    expect(press({ code: 'KeyN', key: 'n' })).toBe(false);
    press({ code: 'Enter', key: 'Enter' });
    expect(done).toEqual([['open', 'b']]);
  });

  test('Enter moves the card, but on a button of it is that button’s', () => {
    const { press, done } = make();
    expect(press({ code: 'Enter', key: 'Enter' }, 'more')).toBe(false);
    expect(press({ code: 'Enter', key: 'Enter' })).toBe(true);
    expect(done).toEqual([['move', ['b']]]);
  });

  test('"?" helps even where it is on the key of M', () => {
    const { press, done } = make();
    press({ code: 'KeyM', key: '?' });
    expect(done).toEqual([['help']]);
  });

  test('Home and End go to the ends of its column, and Ctrl+A selects that', () => {
    const { press, done, selection } = make();
    press({ code: 'Home', key: 'Home' });
    press({ code: 'End', key: 'End' });
    expect(done).toEqual([
      ['to', 'a'],
      ['to', 'c'],
    ]);
    expect(press({ code: 'KeyA', key: 'a', ctrlKey: true })).toBe(true);
    expect([...selection.ids]).toEqual(['a', 'b', 'c']);
  });
});

describe('a key elsewhere', () => {
  test('makes a theme of the selection, undoes and helps, and acts on no card', () => {
    const { press, done, selection } = make();
    selection.set(['c']);
    press({ code: 'KeyN', key: 'n' }, 'page');
    press({ code: 'KeyZ', key: 'z' }, 'page');
    press({ code: 'Slash', key: '?' }, 'page');
    expect(press({ code: 'KeyH', key: 'h' }, 'page')).toBe(false);
    expect(done).toEqual([['newTheme', ['c']], ['undo'], ['help']]);
  });

  test('is the browser’s in a field, with Alt, and with Ctrl unless it is known', () => {
    const { press, done } = make();
    expect(press({ code: 'KeyZ', key: 'z', ctrlKey: true }, 'field')).toBe(false);
    expect(press({ code: 'KeyM', key: 'm', altKey: true })).toBe(false);
    expect(press({ code: 'KeyR', key: 'r', ctrlKey: true })).toBe(false);
    expect(press({ code: 'KeyA', key: 'a', ctrlKey: true }, 'page')).toBe(false);
    expect(done).toEqual([]);
  });

  test.each([true, false])('A and Escape are the board’s only when there is something for them: %s', (some) => {
    const { press } = make({ waiting: some, escapes: some });
    expect(press({ code: 'KeyA', key: 'a' })).toBe(some);
    expect(press({ code: 'KeyA', key: 'a' }, 'page')).toBe(some);
    expect(press({ code: 'Escape', key: 'Escape' })).toBe(some);
  });
});
