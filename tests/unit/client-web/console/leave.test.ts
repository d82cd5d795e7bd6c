import { expect, test, vi } from 'vitest';
import { leave } from '../../../../client-web/src/console/leave';

const move = { command: { action: 'place', contribution: 'a', theme: null } };
const page = (state: 'live' | 'away' | 'refused', ...waiting: (typeof move)[]) => ({
  state,
  readOnly: false,
  outbox: new Map(waiting.map((entry, index) => [`${index}`, entry])),
});

test('a console where nothing waits is left at once', () => {
  const [ask, then] = [vi.fn(), vi.fn()];
  expect(leave(page('away'), ask, then)).toBe(true);
  expect(then).toHaveBeenCalledOnce();
  expect(ask).not.toHaveBeenCalled();
});

test('what is on its way holds nobody up', () =>
  expect(leave(page('live', move), vi.fn(), vi.fn())).toBe(true));

test.each(['away', 'refused'] as const)('moves that wait are not lost before it is asked: %s', (state) => {
  const [ask, then] = [vi.fn(), vi.fn()];
  expect(leave(page(state, move), ask, then)).toBe(false);
  expect(then).not.toHaveBeenCalled();
  const confirm = ask.mock.calls[0]![2] as () => void;
  confirm();
  expect(then).toHaveBeenCalledOnce();
});
