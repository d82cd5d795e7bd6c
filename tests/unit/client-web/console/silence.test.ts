import { expect, test, vi } from 'vitest';
import { openedAt, silentTables } from '../../../../client-web/src/console/panels/silence';
import { madeAt, uuidv7 } from '../../../../client-web/src/lib/uuid';

const minute = 60_000;
const now = 1_790_000_000_000;
const table = { id: uuidv7(now - 30 * minute) };
const open = {
  contributions: [] as { table?: string; author?: string; at: number }[],
  seats: new Map([['p', table.id]]),
  drafting: new Set<string>(),
  writingIsOpen: true,
  phaseSince: now - 20 * minute,
};
const isSilent = (change: Partial<typeof open> = {}, one = table) =>
  silentTables([one], { ...open, ...change }, now).has(one.id);

test('a table is silent when nobody wrote for it for five minutes in which they could', () => {
  expect(isSilent()).toBe(true);
  expect(isSilent({ contributions: [{ table: table.id, at: now - 6 * minute }] })).toBe(true);
});
test.each([
  ['it was just made', {}, { id: uuidv7(now - minute) }],
  ['the phase has just begun', { phaseSince: now - minute }, table],
  ['it wrote lately', { contributions: [{ table: table.id, at: now - minute }] }, table],
  ['somebody who sits there wrote lately', { contributions: [{ author: 'p', at: now - minute }] }, table],
  ['a text is being written at it', { drafting: new Set([table.id]) }, table],
  ['nobody may write now', { writingIsOpen: false }, table],
])('a table is not silent when %s', (_, change, one) => expect(isSilent(change, one)).toBe(false));
test('what others write breaks no table’s silence', () =>
  expect(isSilent({ contributions: [{ author: 'q', table: uuidv7(now), at: now }] })).toBe(true));
test('an id tells when it was made', () => expect(madeAt(uuidv7(now))).toBe(now));

test('a page that was just opened calls no table silent, however far its device is off', () => {
  vi.useFakeTimers({ toFake: ['Date'] }); // no time passes between its two readings
  for (const off of [-20 * minute, 20 * minute])
    expect(openedAt(Date.now() + off)).toBeCloseTo(performance.timeOrigin + off, 1);
  vi.useRealTimers();
});
