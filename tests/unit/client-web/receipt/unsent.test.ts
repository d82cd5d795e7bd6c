import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keep, nothing, unsentOf } from '../../../../client-web/src/receipt/unsent';

const kept = new Map<string, string>();
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});

describe('what an author has begun to write', () => {
  beforeEach(() => kept.clear());

  test('is there again after a reload, with the id of an objection that may have arrived', () => {
    const begun = { ...nothing(), objection: 'It is not what I said', objectionId: 'one' };
    keep('AAAA-BBBB-CCCC', begun);
    expect(unsentOf('AAAA-BBBB-CCCC')).toEqual(begun);
  });

  test('is there again with each reply to a question, and its id', () => {
    const begun = { ...nothing(), replies: { q1: { id: 'one', text: 'In 2025' }, q2: { id: 'two', text: '' } } };
    keep('AAAA-BBBB-CCCC', begun);
    expect(unsentOf('AAAA-BBBB-CCCC')).toEqual(begun);
    keep('AAAA-BBBB-CCCC', { ...nothing(), replies: { q1: { id: 'one', text: '' } } });
    expect(kept.size).toBe(0);
  });

  test('is of one receipt and is shown with no other', () => {
    keep('AAAA-BBBB-CCCC', { ...nothing(), revision: 'clearer' });
    expect(unsentOf('DDDD-EEEE-FFFF')).toEqual(nothing());
  });

  test('leaves nothing behind once it was sent', () => {
    keep('AAAA-BBBB-CCCC', { ...nothing(), revision: 'clearer' });
    keep('AAAA-BBBB-CCCC', nothing());
    expect(kept.size).toBe(0);
  });

  test('is nothing when what was kept cannot be read', () => {
    kept.set('warsha.receipt.AAAA-BBBB-CCCC', '{');
    expect(unsentOf('AAAA-BBBB-CCCC')).toEqual(nothing());
  });
});
