import { describe, expect, test } from 'vitest';
import {
  byNeed,
  heldOrder,
  lately,
  needsOf,
  newsBetween,
  overrunMs,
  tablesIn,
  type Line,
  type Workshop,
} from '../../../../../client-web/src/console/overview/lines';

const now = 1_764_000_000_000;
const minute = 60_000;

function line(id: string, fields: Partial<Line> = {}): Line {
  return {
    id,
    title: `workshop ${id}`,
    phase: 'problems',
    phase_since: now - minute,
    timer: null,
    read_only: false,
    people: 20,
    unwritten: 3,
    staff: 1,
    here: false,
    contributions: { problem: 5, solution: 0, result: 0 },
    waiting: 0,
    pace: [0, 0, 1, 0, 2, 0, 0, 0, 0, 1],
    tables: [],
    hands: 0,
    changed_at: now,
    ...fields,
  };
}
const table = (state: Line['tables'][number]['state']) => ({ title: 'table', state, people: 7 });
const unavailable = (id: string): Workshop => ({ id, title: id, unavailable: true });
const reasonsOf = (one: Workshop, at = now) => needsOf(one, at).map(({ reason }) => reason);

describe('what needs attention', () => {
  test('is nothing where all goes well', () => {
    expect(needsOf(line('a'), now)).toEqual([]);
  });

  test('is told with how much of it there is, the most urgent first', () => {
    const one = line('a', { tables: [table('silent'), table('help'), table('help')], hands: 4, read_only: true });
    expect(needsOf(one, now)).toEqual([
      { reason: 'readOnly', count: 1 },
      { reason: 'help', count: 2 },
      { reason: 'hands', count: 4 },
      { reason: 'silent', count: 1 },
    ]);
  });

  test('is a timer that has run out, from the moment it has', () => {
    const one = line('a', { timer: { ends_at: now, duration_ms: minute } });
    expect(reasonsOf(one, now)).toEqual([]);
    expect(reasonsOf(one, now + 1)).toEqual(['overrun']);
    expect(overrunMs(one, now + 90_000)).toBe(90_000);
    expect(overrunMs(one, now - minute)).toBe(0);
    const paused = { ...one, timer: { ...one.timer!, left_ms: minute } };
    expect(overrunMs(paused, now + 90_000)).toBe(0);
    expect(reasonsOf(paused, now + 90_000)).toEqual([]);
  });

  test('is people without a facilitator, not an empty room, nor one where I am myself', () => {
    expect(reasonsOf(line('a', { staff: 0 }))).toEqual(['alone']);
    expect(reasonsOf(line('a', { staff: 0, here: true }))).toEqual([]);
    expect(reasonsOf(line('a', { staff: 0, people: 0 }))).toEqual([]);
  });

  test('is a room that writes nothing for five minutes, once it could have', () => {
    const quiet = { pace: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] };
    expect(reasonsOf(line('a', { ...quiet, phase_since: now - 6 * minute }))).toEqual(['still']);
    expect(reasonsOf(line('a', { ...quiet, phase_since: now - 4 * minute }))).toEqual([]);
    expect(reasonsOf(line('a', { ...quiet, phase_since: 0, phase: 'plenary' }))).toEqual([]);
  });

  test('is nothing of the timer, the floor or the staff when the workshop is over', () => {
    const over = { timer: { ends_at: now - minute, duration_ms: minute }, hands: 2, staff: 0 };
    expect(reasonsOf(line('a', { ...over, phase: 'closed' }))).toEqual([]);
  });

  test('is a workshop that cannot be read', () => {
    expect(reasonsOf(unavailable('a'))).toEqual(['unavailable']);
  });
});

describe('the order', () => {
  test('has who needs attention first, and the programme’s order among equals', () => {
    const all = [
      line('calm'),
      line('late', { timer: { ends_at: now - minute, duration_ms: minute } }),
      line('calm too'),
      line('help', { tables: [table('help')] }),
      line('hands', { hands: 1 }),
      unavailable('gone'),
    ];
    expect(byNeed(all, now)).toEqual(['gone', 'help', 'late', 'hands', 'calm', 'calm too']);
  });

  test('has more of the same need before less, and a second need before none', () => {
    const all = [
      line('one', { tables: [table('help')] }),
      line('one and hands', { tables: [table('help')], hands: 1 }),
      line('two', { tables: [table('help'), table('help')] }),
    ];
    expect(byNeed(all, now)).toEqual(['two', 'one and hands', 'one']);
  });

  test('stays while it is in use: who is new comes last, who has gone leaves no gap', () => {
    expect(heldOrder(['a', 'b', 'c'], ['c', 'd', 'a'])).toEqual(['a', 'c', 'd']);
  });
});

test('the pace is the sum of its steps', () => {
  expect(lately(line('a'))).toBe(4);
});

test('tables are found by their state', () => {
  expect(tablesIn(line('a', { tables: [table('help'), table('working')] }), 'help')).toHaveLength(1);
});

describe('news', () => {
  const asks = line('a', { tables: [table('help')] });

  test('is a table that asks for help, once', () => {
    expect(newsBetween([line('a')], now, [asks], now)).toEqual([{ reason: 'help', id: 'a', title: 'workshop a' }]);
    expect(newsBetween([asks], now, [asks], now + minute)).toEqual([]);
  });

  test('is a timer that runs out between two looks', () => {
    const timed = line('a', { timer: { ends_at: now, duration_ms: minute } });
    expect(newsBetween([timed], now - 1, [timed], now + 1).map(({ reason }) => reason)).toEqual(['overrun']);
  });

  test('is not what was so when the page was opened, nor a hand, nor what is over', () => {
    expect(newsBetween([], now, [asks], now)).toEqual([]);
    expect(newsBetween([line('a')], now, [line('a', { hands: 3 })], now)).toEqual([]);
    expect(newsBetween([asks], now, [line('a')], now)).toEqual([]);
  });
});
