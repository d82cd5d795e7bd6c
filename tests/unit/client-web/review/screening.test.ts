import { describe, expect, test } from 'vitest';
import { titleOf, type Reviewed, type Screening } from '../../../../client-web/src/review/api';
import { isDisputed, shelves } from '../../../../client-web/src/review/screening';

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
  live_state: 'shown',
  state: 'waiting',
  screenings: [],
  ...members,
});

describe('screening', () => {
  test('gives a contribution to two people, and to nobody twice', () => {
    expect(shelves.todo(said())).toBe(true);
    expect(shelves.todo(said({ screenings: [screening(3)] }))).toBe(true);
    expect(shelves.todo(said({ screenings: [screening(3, true)] }))).toBe(false);
    expect(shelves.todo(said({ screenings: [screening(3), screening(4)] }))).toBe(false);
    expect(shelves.decide(said({ screenings: [screening(3), screening(4)] }))).toBe(true);
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
