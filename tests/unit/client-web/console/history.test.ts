import { expect, test, vi } from 'vitest';
import { History } from '../../../../client-web/src/console/history.svelte';
import type { LiveWorkshop, Outcome } from '../../../../client-web/src/lib/live/workshop.svelte';

function make(refuse: (action: string) => string | null = () => null) {
  const sent: unknown[] = [];
  const live = {
    board: { seq: 1 },
    state: 'live' as LiveWorkshop['state'],
    readOnly: false,
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
  const done = await history.do('theme', [{ action: 'theme.add', title: 'x' }], []);
  expect(done).toEqual({ whole: false, step: null });
  expect(history.last).toBeUndefined();
  expect(live.complaint).toEqual({ code: 'too_many_themes', action: 'theme.add' });
});

test('what was refused in part can still be undone', async () => {
  const { history } = make((action) => (action === 'merge' ? 'already_merged' : null));
  const { whole, step } = await history.do('both', [{ action: 'merge' }, { action: 'place' }], []);
  expect(whole).toBe(false);
  expect(step?.label).toBe('both');
  expect(history.last).toBe(step);
});

test('who did a step gets that one, whatever was done while it was on its way', async () => {
  const { history } = make();
  const first = history.do('first', [{ action: 'agenda.set' }], []);
  const second = history.do('second', [{ action: 'place' }], []);
  expect((await first).step?.label).toBe('first');
  expect(history.last).toBe((await second).step);
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

test('without a connection no step is taken back while one is unanswered', async () => {
  const { history, live, sent } = make();
  await history.do('first', [{ action: 'place' }], [{ action: 'place', back: true }]);
  live.state = 'away';
  const answers: (() => void)[] = [];
  const { perform } = live;
  live.perform = async (fields, id) => {
    await new Promise<void>((answer) => answers.push(answer));
    return perform(fields, id);
  };
  const doing = history.do('second', [{ action: 'place' }], [{ action: 'place', back: true }]);
  expect(history.waits).toBe(true);
  expect(await history.undo()).toBeNull();
  expect(await history.undo()).toBeNull();
  expect(history.last?.label).toBe('second');
  for (const answer of answers) answer();
  await doing;
  expect(history.waits).toBe(false);

  // What undoes a step waits as well, and no press takes more than that one.
  answers.length = 0;
  sent.length = 0;
  const undoing = history.undo();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  expect(await history.undo()).toBeNull();
  expect(history.last?.label).toBe('first');
  for (const answer of answers) answer();
  expect(await undoing).toBe('second');
  expect(sent).toHaveLength(1);
});

test('what a colleague has changed since, or what is refused, is not called undone', async () => {
  const { history, live } = make((action) => (action === 'theme.remove' ? 'theme_not_found' : null));
  await history.do('seated', [{ action: 'table.seat' }], () => []);
  expect(await history.undo()).toBeNull();
  await history.do('both', [{ action: 'place' }], [{ action: 'place' }, { action: 'theme.remove' }]);
  expect(await history.undo()).toBeNull();
  expect(live.complaint).toEqual({ code: 'theme_not_found', action: 'theme.remove' });
});
