import { expect, test } from 'vitest';
import { nothingPending, pendingIn } from '../../../../../client-web/src/console/board/pending';

const entries = (...commands: ({ action: string } & Record<string, unknown>)[]) =>
  commands.map((command) => ({ command }));

test('what waits is counted, and known by its cards', () => {
  const { count, cards } = pendingIn(
    entries(
      { action: 'place', contribution: 'a', theme: null },
      { action: 'merge', into: 'b', contributions: ['c', 'd'] },
      { action: 'moderate', contribution: 'e', hidden: true },
      { action: 'theme.add', title: 'الماء' },
    ),
  );
  expect(count).toBe(4);
  expect([...cards]).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('what steers the room, and what is written, is no change of the board', () =>
  expect(
    pendingIn(entries({ action: 'phase.enter', phase: 'plenary' }, { action: 'staff.note', text: 'نص' })),
  ).toEqual(nothingPending));
