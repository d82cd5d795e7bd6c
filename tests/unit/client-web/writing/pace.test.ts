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
    expect(pace.next([you], false, 1_001)).toBe(1_000 + togetherMs);
  });

  test('later the more people write, and not when it is urgent', () => {
    const pace = new Pace();
    for (const who of ['b', 'c', 'd']) pace.heard(who, 1_000);
    pace.sent(1_000);
    expect(pace.next([], false, 1_001)).toBe(1_000 + 3 * togetherMs);
    expect(pace.next([], true, 1_001)).toBe(1_000 + togetherMs);
  });
});

/** Whoever is late is fitted in: nobody waits for more than their own network and their turn. */
describe('among people who write without ever stopping', () => {
  test.each([
    ['two, 20 and 300 ms away', [20, 300]],
    ['four, three of them 20 ms away and one 300', [20, 20, 20, 300]],
    ['eight, seven of them 20 ms away and one 150', [20, 20, 20, 20, 20, 20, 20, 150]],
    ['eight, seven of them 20 ms away and one 1,500', [20, 20, 20, 20, 20, 20, 20, 1_500]],
  ])('a slow network comes to its turn: %s', (_, latencies) => {
    for (const seed of [1, 2]) {
      const { waits, rejected } = turns({
        seed,
        latencies,
        seconds: 60,
        thinking: false,
      });
      const turnMs = 1_300;
      for (const [who, wait] of waits.entries())
        expect(Math.max(...wait)).toBeLessThan(turnMs + 4 * latencies[who]!);
      expect(rejected).toBe(0);
    }
  });
});
