import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Placing } from '../../../../../client-web/src/console/board/placing.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a card that was put under a theme', () => {
  test('is there until the server says so', () => {
    const placing = new Placing();
    placing.put(['a', 'b'], 'water');
    placing.settle((id) => (id === 'a' ? 'water' : null));
    expect([...placing.themes]).toEqual([['b', 'water']]);
  });

  test('and under none, is there until the server says so', () => {
    const placing = new Placing();
    placing.put(['a', 'b'], null);
    placing.settle((id) => (id === 'a' ? null : 'water'));
    expect([...placing.themes]).toEqual([['b', null]]);
  });

  test('is where the server has it again when it was refused', () => {
    const placing = new Placing();
    placing.put(['a'], 'water');
    placing.put(['b'], 'roads')(false);
    expect([...placing.themes]).toEqual([['a', 'water']]);
  });

  test('is there as long as it waits for the connection', () => {
    const placing = new Placing();
    placing.put(['a'], 'water');
    vi.advanceTimersByTime(600_000);
    expect(placing.themes.get('a')).toBe('water');
  });

  test('is where it was put last, whatever becomes of the time before', () => {
    const placing = new Placing();
    const first = placing.put(['a'], 'water');
    placing.put(['a'], 'roads');
    first(false);
    expect(placing.themes.get('a')).toBe('roads');
  });

  test('is not believed to be there for ever', () => {
    const placing = new Placing();
    placing.put(['a'], 'water')(true);
    vi.advanceTimersByTime(5_000);
    expect(placing.themes.get('a')).toBe('water');
    vi.advanceTimersByTime(2_000);
    expect(placing.themes.size).toBe(0);
  });
});
