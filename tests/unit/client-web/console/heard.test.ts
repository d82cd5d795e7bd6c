import { beforeEach, expect, test, vi } from 'vitest';
import { Heard, unheard } from '../../../../client-web/src/console/heard.svelte';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

const note = (seq: number, who = 'other') => ({ seq, who });

test('notes of others that came since are not heard yet; one’s own are no news', () => {
  expect(unheard([note(3), note(5), note(7, 'me'), note(9)], 4, 'me')).toEqual([note(5), note(9)]);
});

test('what was heard stays heard after a reload, for each workshop', () => {
  new Heard('a').upTo(9);
  expect(new Heard('a').seq).toBe(9);
  expect(new Heard('b').seq).toBe(0);
});

test('nothing is unheard again', () => {
  const heard = new Heard('a');
  heard.upTo(9);
  heard.upTo(4);
  expect(heard.seq).toBe(9);
});
