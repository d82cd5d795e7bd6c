import { describe, expect, test } from 'vitest';
import type { SignalItem } from '../../../../../client-web/src/lib/generated/protocol';
import { Holding, yields } from '../../../../../client-web/src/console/board/holding.svelte';

function make(holds: Record<string, string> = {}, alias = 'bbbbbbbb') {
  const told: (string | null)[] = [];
  const item = (target: string, name: string): SignalItem => ({
    kind: 'hold',
    who: 'cccccccc',
    target,
    name,
  });
  const signals = {
    holds: new Map(Object.entries(holds).map(([id, name]) => [id, item(id, name)])),
    hold: (id: string | null) => void told.push(id),
  };
  const clock = { now: 0 };
  const holding = new Holding(
    signals,
    () => alias,
    () => 'somebody',
    () => clock.now,
  );
  holding.look();
  return { holding, signals, told, clock, item };
}

describe('a card in hand', () => {
  test('is told when it is taken and when it is let go', () => {
    const { holding, told } = make();
    expect(holding.pick('a')).toBe(true);
    expect(holding.pick('a')).toBe(true);
    holding.release();
    holding.release();
    expect(told).toEqual(['a', null]);
  });

  test('of another is not picked up, and it is said whose hand it is', () => {
    const { holding, told } = make({ a: 'Karim' });
    expect(holding.pick('a')).toBe(false);
    expect(holding.refused).toEqual({ id: 'a', name: 'Karim' });
    expect(told).toEqual([]);
  });

  test('is taken over by a second act only', () => {
    const { holding, told } = make({ a: 'Karim' });
    expect(holding.takeOver()).toBeNull();
    holding.pick('a');
    expect(holding.takeOver()).toBe('a');
    expect(told).toEqual(['a']);
    expect(holding.holder('a')).toBeUndefined();
    expect(holding.look()).toBeNull();
    holding.release();
    expect(holding.holder('a')).toBe('Karim');
  });

  test('that somebody takes over is let go', () => {
    const { holding, signals, told, clock, item } = make();
    holding.pick('a');
    clock.now = 60_000;
    signals.holds.set('a', item('a', 'Karim'));
    expect(holding.look()).toBe('Karim');
    expect(holding.mine).toBeNull();
    expect(told).toEqual(['a', null]);
  });

  test('is free to be picked up once the other lets go', () => {
    const { holding, signals } = make({ a: 'Karim' });
    holding.pick('a');
    signals.holds.delete('a');
    holding.look();
    expect(holding.refused).toBeNull();
    expect(holding.pick('a')).toBe(true);
  });
});

describe('of two who pick up the same card at the same moment', () => {
  const own = { id: 'a', since: 1_000, deliberate: false };
  test('one alias goes first, on both devices', () => {
    expect(yields(own, 'aaaaaaaa', { who: 'bbbbbbbb' }, 1_300)).toBe(false);
    expect(yields(own, 'bbbbbbbb', { who: 'aaaaaaaa' }, 1_300)).toBe(true);
  });
  test('later it is a taking over, whoever it is', () =>
    expect(yields(own, 'aaaaaaaa', { who: 'bbbbbbbb' }, 9_000)).toBe(true));
  test('who took it over keeps it', () =>
    expect(yields({ ...own, deliberate: true }, 'bbbbbbbb', { who: 'aaaaaaaa' }, 9_000)).toBe(false));
});
