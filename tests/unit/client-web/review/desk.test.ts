import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Desk } from '../../../../client-web/src/review/desk.svelte';

const kept = new Map<string, string>();
vi.stubGlobal(
  'sessionStorage',
  new Proxy(
    {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
    { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
  ),
);
vi.stubGlobal('document', { querySelector: () => null });

const begin = () => ({ text: '' });
function deskOf(account: string): Desk {
  const desk = new Desk();
  desk.of(account);
  return desk;
}

describe('a desk', () => {
  beforeEach(() => kept.clear());

  test('holds several forms at once, each with its own words', async () => {
    const desk = deskOf('amal@example.org');
    await desk.open('answer:1');
    await desk.open('answer:2');
    desk.form('answer:1', begin).text = 'first';
    desk.form('answer:2', begin).text = 'second';
    expect(desk.form('answer:1', begin).text).toBe('first');
    expect(desk.isOpen('answer:1') && desk.isOpen('answer:2')).toBe(true);
    expect(desk.unsent).toBe(2);
  });

  test('keeps the words of a form that is put away, until they are sent', async () => {
    const desk = deskOf('amal@example.org');
    await desk.open('note:1');
    desk.form('note:1', begin).text = 'half a sentence';
    desk.close('note:1');
    expect(desk.isOpen('note:1')).toBe(false);
    expect(desk.isKept('note:1')).toBe(true);
    await desk.open('note:1');
    expect(desk.form('note:1', begin).text).toBe('half a sentence');
    desk.drop('note:1');
    expect(desk.isKept('note:1')).toBe(false);
    expect(desk.form('note:1', begin).text).toBe('');
  });

  test('forgets a form in which nothing was changed', async () => {
    const desk = deskOf('amal@example.org');
    await desk.open('note:1');
    desk.form('note:1', () => ({ text: 'as it began' }));
    expect(desk.unsent).toBe(0);
    desk.close('note:1');
    expect(desk.isKept('note:1')).toBe(false);
  });

  test('finds what the same account left in this tab, and nothing of another account', () => {
    kept.set(
      'warsha.review.amal@example.org',
      JSON.stringify({ 'note:1': { open: true, begun: '{"text":""}', form: { text: 'of amal' } } }),
    );
    expect(deskOf('amal@example.org').form('note:1', begin).text).toBe('of amal');
    const other = deskOf('badr@example.org');
    expect(other.isOpen('note:1')).toBe(false);
    expect(other.form('note:1', begin).text).toBe('');
  });

  test('leaves nothing behind when somebody signs out', () => {
    kept.set('warsha.review.amal@example.org', '{}');
    kept.set('warsha.language', 'ar');
    deskOf('amal@example.org').clear();
    expect([...kept.keys()]).toEqual(['warsha.language']);
  });

  test('begins empty when what is stored can not be read', () => {
    kept.set('warsha.review.amal@example.org', '{"note:1"');
    expect(deskOf('amal@example.org').unsent).toBe(0);
  });

  test('tells what is written about what is not there any more, and not what is only chosen', async () => {
    const desk = deskOf('amal@example.org');
    await desk.open('answer:1');
    const form = desk.form('answer:1', () => ({ kind: 'taken', owner: 'mtnra', words: { ar: '', fr: '' }, own: {} }));
    expect(desk.unsentOf('answer:')).toEqual([]);
    form.words.fr = ' Publié ';
    form.own = { 2: { ar: 'سطر', fr: '' } };
    expect(desk.unsentOf('answer:')).toEqual(['answer:1']);
    expect(desk.unsentOf('note:')).toEqual([]);
    expect(desk.written('answer:1')).toEqual(['Publié', 'سطر']);
  });

  test('lets words go along to what they are about now, but never over other words', async () => {
    const desk = deskOf('amal@example.org');
    await desk.open('note:1');
    desk.form('note:1', begin).text = 'first';
    desk.move('note:1', 'note:2');
    expect([desk.isOpen('note:1'), desk.isOpen('note:2')]).toEqual([false, true]);
    await desk.open('note:3');
    desk.form('note:3', begin).text = 'third';
    desk.move('note:2', 'note:3');
    expect(desk.form('note:3', begin).text).toBe('third');
    expect(desk.isKept('note:2')).toBe(true);
  });
});
