import { expect, test } from 'vitest';
import { History } from '../../../../client-web/src/console/history.svelte';
import type { Outcome } from '../../../../client-web/src/lib/live/workshop.svelte';

function make(refuse: (action: string) => string | null = () => null) {
  const sent: unknown[] = [];
  const live = {
    board: { seq: 1 },
    complaint: null as { code: string; action: string } | null,
    perform: async (fields: Record<string, unknown> & { action: string }, id = 'made'): Promise<Outcome> => {
      sent.push({ ...fields, id });
      const code = refuse(fields.action);
      return code ? { ok: false, id, code } : { ok: true, id, seq: 1 };
    },
  };
  return { history: new History(live), live, sent };
}

test('one step is undone as one, whatever it took', async () => {
  const { history, sent } = make();
  await history.do(
    'grouped',
    [
      { id: 't', action: 'theme.add', title: 'x' },
      { action: 'place', contribution: 'a', theme: 't' },
    ],
    () => [{ action: 'theme.remove', theme: 't' }],
  );
  expect(sent[0]).toEqual({ id: 't', action: 'theme.add', title: 'x' });
  sent.length = 0;
  expect(await history.undo()).toBe('grouped');
  expect(sent).toEqual([{ id: 'made', action: 'theme.remove', theme: 't' }]);
  expect(history.last).toBeUndefined();
});

test('what was refused as a whole is no step, and is complained of', async () => {
  const { history, live } = make(() => 'too_many_themes');
  expect(await history.do('theme', [{ action: 'theme.add', title: 'x' }], [])).toBe(false);
  expect(history.last).toBeUndefined();
  expect(live.complaint).toEqual({ code: 'too_many_themes', action: 'theme.add' });
});

test('what was refused in part can still be undone', async () => {
  const { history } = make((action) => (action === 'merge' ? 'already_merged' : null));
  await history.do('both', [{ action: 'merge' }, { action: 'place' }], []);
  expect(history.last?.label).toBe('both');
});

test('an act that changes nothing is no step', async () => {
  const { history } = make();
  await history.do('nothing', [], []);
  expect(history.last).toBeUndefined();
});

test('what is undone at once waits until the board shows it', async () => {
  const { history, live, sent } = make();
  live.board.seq = 0;
  let placed = false;
  await history.do('placed', [{ action: 'place' }], () => (placed ? [{ action: 'place', back: true }] : []));
  const undoing = history.undo();
  await new Promise((later) => setTimeout(later, 30));
  expect(sent).toHaveLength(1);
  placed = true;
  live.board.seq = 1;
  await undoing;
  expect(sent).toHaveLength(2);
});
