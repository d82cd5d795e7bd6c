import { describe, expect, test, vi } from 'vitest';
import { mergedInto, stillAmong, titleOf, type Reviewed, type Screening } from '../../../../client-web/src/review/api';
import { Desk } from '../../../../client-web/src/review/desk.svelte';
import { AskBack, draftsOf, isDisputed, isThin, keyOf, ratedOf, reselect, shelves } from '../../../../client-web/src/review/screening';

const screening = (clarity: number, own = false): Screening => ({
  by: 'somebody',
  clarity,
  precision: 3,
  link: 3,
  ...(own ? { own } : {}),
});
const said = (members: Partial<Reviewed> = {}): Reviewed => ({
  id: '1',
  kind: 'solution',
  workshop: 'w',
  text: 'text',
  supports: 0,
  behind: { contributions: 1, people: 1 },
  live_state: 'shown',
  state: 'waiting',
  screenings: [],
  ...members,
});

vi.mock('../../../../client-web/src/lib/i18n/index.svelte', () => ({
  t: (key: string, { count }: { count: number }) => `${key} ${count}`,
}));
/** What is asked back; null: nothing. */
const asked = (back: AskBack, ...contributions: Reviewed[]): unknown => {
  try {
    back.about(contributions);
    return null;
  } catch (question) {
    return question;
  }
};

describe('deciding on what fewer than two rated', () => {
  const rated = said({ id: '2', screenings: [screening(3), screening(4, true)] });
  test('is asked back once, and again when others are decided on', () => {
    const back = new AskBack();
    expect(asked(back, said(), rated)).toBe('screening.thin 1');
    expect(asked(back, said(), rated)).toBeNull();
    expect(asked(back, said(), said({ id: '3', screenings: [screening(3)] }))).toBe('screening.thin 2');
  });
  test('is not asked of what two rated', () => {
    expect(asked(new AskBack(), rated)).toBeNull();
  });
});

describe('screening', () => {
  test('gives a contribution to two people, and to nobody twice', () => {
    expect(shelves.todo(said())).toBe(true);
    expect(shelves.todo(said({ screenings: [screening(3)] }))).toBe(true);
    expect(shelves.todo(said({ screenings: [screening(3, true)] }))).toBe(false);
    expect(shelves.todo(said({ screenings: [screening(3), screening(4)] }))).toBe(false);
    expect(shelves.decide(said({ screenings: [screening(3), screening(4)] }))).toBe(true);
  });

  test('gives it again once its author has made the words clearer', () => {
    const old = { ...screening(1, true), of_old_words: true };
    const revised = said({ screenings: [old, { ...screening(5), of_old_words: true }] });
    expect(shelves.todo(revised)).toBe(true);
    expect(shelves.decide(revised)).toBe(false);
    expect(isDisputed(revised)).toBe(false);
    expect([ratedOf(revised), isThin(revised)]).toEqual([0, true]);
    const again = said({ screenings: [old, screening(4, true)] });
    expect(shelves.todo(again)).toBe(false);
    expect([ratedOf(again), isThin(again)]).toEqual([1, true]);
  });

  test('shows two steps between people as disputed, one step not', () => {
    expect(isDisputed(said({ screenings: [screening(5), screening(3)] }))).toBe(true);
    expect(isDisputed(said({ screenings: [screening(5), screening(4)] }))).toBe(false);
    expect(isDisputed(said({ screenings: [screening(5)] }))).toBe(false);
  });

  test('leaves out what is hidden, under another, or decided already', () => {
    for (const one of [
      said({ live_state: 'hidden' }),
      said({ merged_into: '2' }),
      said({ state: 'proposed' }),
      said({ state: 'refused' }),
    ])
      expect([shelves.todo(one), shelves.decide(one), shelves.revised(one)]).toEqual([false, false, false]);
    expect(shelves.refused(said({ state: 'refused' }))).toBe(true);
    expect(shelves.returned(said({ state: 'returned' }))).toBe(true);
  });
});

describe('what was merged at the workshop', () => {
  const head = said({ id: 'head', behind: { contributions: 3, people: 2 } });
  const under = (id: string, members: Partial<Reviewed> = {}) => said({ id, merged_into: 'head', ...members });

  test('is read with what it was merged into', () => {
    const all = [head, under('a'), said({ id: 'other' }), under('b')];
    expect(mergedInto(head, all).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(mergedInto(said({ id: 'other' }), all)).toEqual([]);
  });
  test('is left out when it was hidden, or decided on its own', () => {
    expect(mergedInto(head, [under('a', { live_state: 'hidden' }), under('b', { state: 'refused' })])).toEqual([]);
  });
});

describe('a title out of words', () => {
  test('is the words where they are short', () => {
    expect(titleOf('  نشر المحاضر  ')).toBe('نشر المحاضر');
  });
  test('ends at a whole word and says that there is more', () => {
    expect(titleOf('one two three four', 12)).toBe('one two…');
  });
  test('is the first line', () => {
    expect(titleOf('first\nsecond')).toBe('first');
  });
});

describe('what is begun about several contributions', () => {
  vi.stubGlobal('document', { querySelector: () => null });
  const all = ['a', 'b', 'c', 'd'].map((id) => said({ id }));
  const begin = () => ({ text: '' });
  async function begun(...ids: string[]): Promise<Desk> {
    const desk = new Desk();
    await desk.open(keyOf('propose', ids));
    desk.form(keyOf('propose', ids), begin).text = 'about these';
    return desk;
  }

  test('is not offered for others', async () => {
    const desk = await begun('a', 'b');
    desk.close(keyOf('propose', ['a', 'b']));
    expect(desk.isKept(keyOf('propose', ['c', 'd']))).toBe(false);
    expect(desk.form(keyOf('propose', ['c', 'd']), begin).text).toBe('');
    expect(desk.isKept(keyOf('propose', ['b', 'a']))).toBe(true);
  });

  test('goes along while the form is open and one more is selected', async () => {
    const desk = await begun('a', 'b');
    reselect(desk, ['a', 'b'], ['a', 'b', 'c']);
    expect(desk.form(keyOf('propose', ['a', 'b', 'c']), begin).text).toBe('about these');
    expect(desk.unsent).toBe(1);
  });

  test('is put away when nothing is selected, and is found again by what it is about', async () => {
    const desk = await begun('a', 'b');
    reselect(desk, ['a', 'b'], []);
    expect(draftsOf(desk, all, [])).toEqual([{ act: 'propose', key: keyOf('propose', ['a', 'b']), ids: ['a', 'b'] }]);
    expect(draftsOf(desk, all, ['b', 'a'])).toEqual([]);
    expect(draftsOf(desk, [said({ id: 'z' })], [])).toEqual([]);
  });

  test('is about those that nobody decided on meanwhile', async () => {
    const desk = await begun('a', 'b');
    const decided = [said({ id: 'a', state: 'refused' }), said({ id: 'b' })];
    expect(draftsOf(desk, decided, [])[0]!.ids).toEqual(['b']);
  });
});

test('what was chosen for a kept form and is not offered any more is not sent', () => {
  expect(stillAmong(['1', '2', '3'], [{ id: '3' }, { id: '1' }, { id: '4' }])).toEqual(['1', '3']);
});
