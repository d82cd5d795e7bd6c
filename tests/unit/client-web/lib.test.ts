import { describe, expect, test } from 'vitest';
import { clockText, elapsedText, remainingMs } from '../../../client-web/src/lib/clock';
import { graphemes } from '../../../client-web/src/lib/graphemes';
import { translate } from '../../../client-web/src/lib/i18n/plural';
import { waitBefore } from '../../../client-web/src/lib/live/connection';
import { memoryStore } from '../../../client-web/src/lib/outbox/store';
import { uuidv7 } from '../../../client-web/src/lib/uuid';
import { Announcer } from '../../../client-web/src/lib/ui/announcer.svelte';
import { paginate } from '../../../client-web/src/screen/paginate';

describe('sentences', () => {
  const catalogue = {
    'n.zero': 'صفر',
    'n.one': 'واحد',
    'n.two': 'اثنان',
    'n.few': '{count} قليل',
    'n.many': '{count} كثير',
    'n.other': '{count} آخر',
  };
  test.each([
    [0, 'صفر'],
    [1, 'واحد'],
    [2, 'اثنان'],
    [3, '3 قليل'],
    [11, '11 كثير'],
    [100, '100 آخر'],
  ])('Arabic has six forms: %i', (count, expected) => {
    expect(translate(catalogue, 'ar', 'n', { count })).toBe(expected);
  });
  test('numbers are written with the digits of Morocco', () =>
    expect(translate({ k: '{n}' }, 'ar', 'k', { n: 1234 })).toBe('1.234'));
  // The signs of French are written in the catalogues: scripts/check-messages.mjs reads every sentence.
  test('nobody’s words are changed', () => {
    expect(translate({ k: 'a\u00a0: {n}' }, 'fr', 'k', { n: 'x : y ?' })).toBe('a\u00a0: x : y ?');
  });
  test('a missing sentence shows its key', () => expect(translate({}, 'fr', 'no.such')).toBe('no.such'));
});

describe('graphemes', () => {
  test.each([
    ['مُحَمَّد', 4],
    ['👨‍👩‍👧‍👦', 1],
    ['', 0],
  ])('%s counts %i', (text, count) => expect(graphemes(text)).toBe(count));
});

describe('a UUIDv7', () => {
  test('has version, variant and the time at its beginning', () => {
    expect(uuidv7(1_764_000_000_000)).toMatch(/^019ab697-e800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  test('is another each time', () => expect(new Set(Array.from({ length: 1000 }, () => uuidv7(0))).size).toBe(1000));
});

describe('coming back', () => {
  test('waits between half a second and twenty, ever more at the most', () => {
    expect(waitBefore(0, () => 0)).toBe(500);
    expect(waitBefore(0, () => 1)).toBe(1_000);
    expect(waitBefore(3, () => 1)).toBe(4_500);
    expect(waitBefore(99, () => 1)).toBe(20_000);
  });
});

describe('a timer', () => {
  test.each([
    [0, '0:00'],
    [1, '0:01'],
    [61_000, '1:01'],
    [3_600_000, '1:00:00'],
    [-65_000, '1:05'],
  ])('%i ms reads %s', (ms, text) => expect(clockText(remainingMs(ms, 0))).toBe(text));

  test.each([
    [-400, '0:00'],
    [0, '0:00'],
    [59_999, '0:59'],
    [3_605_000, '1:00:05'],
  ])('%i ms that have passed read %s', (ms, text) => expect(elapsedText(ms)).toBe(text));
});

describe('pages of a projector', () => {
  const measures = (height: number, changes = {}) => ({
    ...{ page: 100, columns: 2, gap: 2, title: () => 10, card: () => height, whole: () => false },
    ...changes,
  });
  test('show every card once, in order, with its title', () => {
    const sections = [
      { id: 'a', title: 'أ', cards: Array.from({ length: 17 }, (_, i) => i) },
      { id: '', title: '', cards: [] },
      { id: 'b', title: 'ب', cards: Array.from({ length: 30 }, (_, i) => 100 + i) },
    ];
    const pages = paginate(sections, measures(20));
    expect(pages.flatMap((page) => page.flatMap((section) => section.cards))).toEqual(
      sections.flatMap((section) => section.cards),
    );
    for (const page of pages) for (const section of page) expect(section.title).not.toBe('');
  });
  test('hold no more than fits', () => {
    const heightOf = (n: number) => 5 + ((n * 37) % 60);
    const sections = ['أ', 'ب', 'ج'].map((title, at) => ({
      id: title,
      title,
      cards: Array.from({ length: 25 }, (_, i) => at * 25 + i),
    }));
    const given = measures(0, { card: heightOf });
    for (const page of paginate(sections, given)) {
      let taken = 0;
      for (const { cards } of page) {
        taken += 10;
        for (let i = 0; i < cards.length; i += 2)
          taken += Math.max(...cards.slice(i, i + 2).map(heightOf)) + 2;
      }
      expect(taken - 2).toBeLessThanOrEqual(100);
    }
  });
  test('give a card that is too high for a column a row of its own', () => {
    const cards = [1, 2, 3, 4, 5];
    const pages = paginate([{ id: '', title: '', cards }], measures(60, { whole: (card: number) => card === 2 }));
    expect(pages.map(([section]) => section!.cards)).toEqual([[1], [2], [3, 4], [5]]);
  });
  test('tell sections of the same title apart, each once on a page', () => {
    const one = (id: string) => ({ id, title: 'النقل', cards: Array.from({ length: 9 }, (_, i) => i) });
    for (const page of paginate([one('a'), one('b')], measures(10)))
      expect(new Set(page.map((section) => section.id)).size).toBe(page.length);
  });
  test('of nothing are none', () => expect(paginate([], measures(10))).toEqual([]));
});

describe('the outbox', () => {
  test('gives back the entries of one workshop, until they are removed', async () => {
    const store = memoryStore();
    const entry = { id: '1', workshop: 'a', command: { action: 'contribute' }, state: 'waiting' as const, at: 1 };
    await store.put(entry);
    await store.put({ ...entry, id: '2', workshop: 'b' });
    expect((await store.all('a')).map((one) => one.id)).toEqual(['1']);
    await store.remove('1');
    expect(await store.all('a')).toEqual([]);
  });
});

test('what is said twice to a screen reader is another text each time: the same would not be read', () => {
  const announcer = new Announcer(() => '');
  const said = ['سُجلت مساندتك', 'سُجلت مساندتك', 'سُجلت مساندتك'].map((words) => {
    announcer.say(words);
    return announcer.text;
  });
  expect(said[1]).not.toBe(said[0]);
  expect(said[2]).not.toBe(said[1]);
  for (const text of said) expect(text.trim()).toBe('سُجلت مساندتك');
});
