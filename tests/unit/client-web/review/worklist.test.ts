import { describe, expect, test } from 'vitest';
import type { Proposal } from '../../../../client-web/src/review/api';
import { marksOf, narrow, shelvesOf } from '../../../../client-web/src/review/worklist';

const day = 86_400_000;
const now = 1_764_547_200_000;
const words = { ar: 'رد', fr: 'réponse' };
const answer = { kind: 'taken', words, administration: 'mtnra', at: now } as const;
const proposal = (members: Partial<Proposal> = {}): Proposal => ({
  id: 'p',
  title: 'نشر المحاضر',
  text: 'تنشر في أجل خمسة عشر يوما',
  contributions: [],
  said: [],
  behind: { contributions: 1 },
  state: 'routed',
  at: now,
  seq: 1,
  contributing: [],
  due_at: now + 30 * day,
  late_days: 0,
  hops: [{ at: now, to: 'mtnra' }],
  score: { lowest: 0, highest: 1, grid_version: 0, criteria: [], groups: [], supporters: 0, asked: 0 },
  ...members,
});
const shelves = shelvesOf('me');

describe('the work of an administration', () => {
  test('is new until somebody of it did something', () => {
    expect(shelves.new(proposal())).toBe(true);
    expect(shelves.new(proposal({ assigned: 'you' }))).toBe(false);
    expect(shelves.new(proposal({ notes: [{ by: 'you', text: 'x', at: now }] }))).toBe(false);
    expect(shelves.new(proposal({ ratings: [{ administration: 'mtnra', by: 'you', at: now, values: {} }] }))).toBe(
      false,
    );
    expect(shelves.new(proposal({ proposed_answer: answer }))).toBe(false);
  });
  test('is due soon as the server says, and late and not due soon after it', () => {
    expect(shelves.soon(proposal())).toBe(false);
    expect(shelves.soon(proposal({ due_soon: true }))).toBe(true);
    const late = proposal({ due_at: now - 2 * day, late_days: 1 });
    expect([shelves.soon(late), shelves.late(late)]).toEqual([false, true]);
  });
  test('is returned from an answer that was sent back to the next one', () => {
    const notes = [{ by: 'you', text: 'أوضح', at: now + 1, rejects_answer: true as const }];
    expect(shelves.returned(proposal())).toBe(false);
    expect(shelves.returned(proposal({ notes }))).toBe(true);
    expect(shelves.returned(proposal({ notes, proposed_answer: answer }))).toBe(false);
    expect(shelves.returned(proposal({ notes, hops: [{ at: now + 2, to: 'mtnra' }] }))).toBe(false);
    expect(marksOf(proposal({ notes }))).toEqual(['returned']);
  });
  test('is asked about until somebody replies, and then has a reply until the answer', () => {
    const asked = { id: 'q', administration: 'mtnra', text: 'أي سنة؟', at: now, own: true, to: 'organiser' } as const;
    const open = proposal({ questions: [{ ...asked, open: true }] });
    expect([shelves.asked(open), shelves.replied(open), shelves.new(open)]).toEqual([true, false, false]);
    expect(marksOf(open)).toEqual(['asked']);
    const replied = proposal({ questions: [{ ...asked, open: false, reply: { text: '2025', at: now } }] });
    expect([shelves.asked(replied), shelves.replied(replied)]).toEqual([false, true]);
    const replies = [{ contribution: 'c', text: '2025', at: now }];
    const byAuthor = proposal({ questions: [{ ...asked, to: 'authors', open: true, replies }] });
    expect(marksOf(byAuthor)).toEqual(['replied']);
    expect(shelves.replied(proposal({ answer, questions: [{ ...asked, open: false }] }))).toBe(false);
    const anothers = proposal({ questions: [{ id: 'q', administration: 'justice', text: '؟', at: now, replies }] });
    expect(marksOf(anothers)).toEqual(['new']);
  });
  test('is found by words whatever their spelling, by consultation and by colleague', () => {
    const all = [
      proposal({ consultation: { id: 'c', title: 'طنجة', city: 'طنجة' }, assigned: 'you' }),
      proposal({ title: 'إنشاء مكتبة', consultation: { id: 'd', title: 'فاس', city: 'فاس' } }),
    ];
    const found = (members: object) =>
      narrow(all, { words: '', consultation: '', colleague: '', ...members }).map(({ title }) => title);
    expect(found({})).toHaveLength(2);
    expect(found({ words: ' انشاء مكتبه ' })).toEqual(['إنشاء مكتبة']);
    expect(found({ consultation: 'c' })).toEqual(['نشر المحاضر']);
    expect(found({ colleague: 'you' })).toEqual(['نشر المحاضر']);
    expect(found({ colleague: 'nobody' })).toEqual(['إنشاء مكتبة']);
  });
});
