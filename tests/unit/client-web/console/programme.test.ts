import { describe, expect, test } from 'vitest';
import { beginning, delayOf, leftOf } from '../../../../client-web/src/console/programme';
import type { AgendaItem } from '../../../../client-web/src/lib/generated/protocol';

const minutes = (count: number) => count * 60_000;
const agenda: AgendaItem[] = [
  { phase: 'introduction', duration_ms: minutes(15) },
  { phase: 'problems', duration_ms: minutes(25) },
  { phase: 'grouping', duration_ms: minutes(20) },
  { phase: 'solutions', duration_ms: minutes(60) },
  { phase: 'plenary', question: 'ماذا نختار؟' },
];
const start = 1_700_000_000_000;
const timer = (began: number, count: number) => ({
  ends_at: start + minutes(began + count),
  duration_ms: minutes(count),
});
const at = (now: number) => ({ phaseSince: null, now: start + minutes(now) });

describe('what is left of a programme', () => {
  test('is all of it before it begins', () =>
    expect(leftOf(agenda, { phase: 'introduction', timer: null, ...at(0) })).toBe(minutes(120)));
  test('is the rest of the present phase, and those to come', () =>
    expect(leftOf(agenda, { phase: 'grouping', timer: timer(40, 20), ...at(45) })).toBe(minutes(75)));
  test('counts what the present phase was extended by', () =>
    expect(leftOf(agenda, { phase: 'grouping', timer: timer(40, 30), ...at(45) })).toBe(minutes(85)));
  test('has nothing of a phase whose time is over', () =>
    expect(leftOf(agenda, { phase: 'grouping', timer: timer(40, 20), ...at(70) })).toBe(minutes(60)));
  test('stays as it is while its timer is paused', () => {
    const paused = { ...timer(40, 20), left_ms: minutes(15) };
    expect(leftOf(agenda, { phase: 'grouping', timer: paused, ...at(55) })).toBe(minutes(75));
  });
  test('goes by the plan where no timer runs', () => {
    const standing = { phase: 'solutions' as const, timer: null, ...at(90) };
    expect(leftOf(agenda, standing)).toBe(minutes(60));
    expect(leftOf(agenda, { ...standing, phaseSince: start + minutes(70) })).toBe(minutes(40));
  });
});

describe('the delay', () => {
  const began = { phase: 'introduction' as const, at: start };
  test('is none while all goes as planned', () =>
    expect(delayOf(agenda, began, { phase: 'problems', timer: timer(15, 25), ...at(20) })).toBe(0));
  test('adds up over phases', () =>
    expect(delayOf(agenda, began, { phase: 'grouping', timer: timer(52, 20), ...at(60) })).toBe(minutes(12)));
  test('grows while a phase is over its time', () =>
    expect(delayOf(agenda, began, { phase: 'problems', timer: timer(15, 25), ...at(47) })).toBe(minutes(7)));
  test('grows while the timer is paused', () => {
    const paused = { ...timer(15, 25), left_ms: minutes(20) };
    expect(delayOf(agenda, began, { phase: 'problems', timer: paused, ...at(26) })).toBe(minutes(6));
  });
  test('is negative when phases were cut short', () =>
    expect(delayOf(agenda, began, { phase: 'solutions', timer: timer(50, 60), ...at(50) })).toBe(minutes(-10)));
  test('counts from the phase that this page has first seen', () =>
    expect(
      delayOf(
        agenda,
        { phase: 'grouping', at: start + minutes(50) },
        { phase: 'solutions', timer: timer(75, 60), ...at(80) },
      ),
    ).toBe(minutes(5)));
});

describe('a meeting begins', () => {
  test('with the first time that is taken', () => {
    expect(beginning(null, { phase: 'introduction', timer: timer(2, 15), phaseSince: start })).toEqual({
      phase: 'introduction',
      at: start + minutes(2),
    });
    expect(beginning(null, { phase: 'problems', timer: null, phaseSince: null })).toBeNull();
  });
  test('when its phase was entered, also where its time has been paused', () =>
    expect(
      beginning(null, { phase: 'problems', timer: timer(20, 25), phaseSince: start + minutes(15) }),
    ).toEqual({ phase: 'problems', at: start + minutes(15) }));
  test('once', () => {
    const began = { phase: 'introduction' as const, at: start };
    expect(beginning(began, { phase: 'problems', timer: timer(15, 25), phaseSince: null })).toBe(began);
    expect(beginning(began, { phase: 'problems', timer: null, phaseSince: null })).toBe(began);
  });
  test('anew after a rehearsal', () =>
    expect(beginning({ phase: 'introduction', at: 0 }, { phase: 'introduction', timer: null, phaseSince: null })).toBeNull());
});
