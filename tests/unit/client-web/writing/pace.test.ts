import { describe, expect, test } from 'vitest';
import { aloneMs, Pace, togetherMs } from '../../../../client-web/src/lib/writing/pace';
import { turns } from './turns';

const you = 'bbbb0000';

describe('the next command goes', () => {
  test('700 ms after the last when nobody else is there', () => {
    const pace = new Pace();
    pace.sent(1_000);
    expect(pace.next([], false, 1_001)).toBe(1_000 + aloneMs);
  });

  test('150 ms after it when somebody is there', () => {
    const pace = new Pace();
    pace.sent(1_000);
    expect(pace.next([{ who: you, at: 0 }], false, 1_001)).toBe(1_000 + togetherMs);
  });

  test('later the more people write', () => {
    const pace = new Pace();
    for (const who of ['b', 'c', 'd']) pace.heard({ who, revision: 1, edit: ['x'] }, false, 1_000);
    pace.sent(1_000);
    expect(pace.next([], false, 1_001)).toBe(1_000 + 3 * togetherMs);
  });

  test('after a pause for somebody whose caret moves while no word of theirs arrives', () => {
    const pace = new Pace();
    pace.seen([{ who: you, at: 3 }], 0);
    pace.seen([{ who: you, at: 4 }], 500);
    expect(pace.next([{ who: you, at: 4 }], false, 1_900)).toBeLessThan(1_900);
    expect(pace.next([{ who: you, at: 4 }], false, 2_100)).toBeGreaterThan(3_000);
  });

  test('without one when the caret moved because others wrote before it', () => {
    const pace = new Pace();
    pace.seen([{ who: you, at: 3 }], 0);
    pace.heard({ who: 'cccc0000', revision: 1, edit: ['xy'] }, false, 400);
    pace.seen([{ who: you, at: 5 }], 500);
    expect(pace.next([{ who: you, at: 5 }], false, 2_600)).toBeLessThan(2_600);
  });
});

/** The server takes edits of its present revision only: without the pauses the slow one waits for minutes. */
describe('among people who write without ever stopping', () => {
  test.each([
    ['two, 20 and 300 ms away', [20, 300]],
    ['four, three of them 20 ms away and one 300', [20, 20, 20, 300]],
    ['eight, seven of them 20 ms away and one 150', [20, 20, 20, 20, 20, 20, 20, 150]],
  ])('a slow network comes to its turn: %s', (_, latencies) => {
    for (const seed of [1, 2]) {
      const { waits } = turns({ seed, latencies, seconds: 60, thinking: false });
      expect(Math.max(...waits.at(-1)!)).toBeLessThan(20_000);
      for (const wait of waits.slice(0, -1)) expect(Math.max(...wait)).toBeLessThan(6_000);
    }
  });
});
