import { expect, test, vi } from 'vitest';
import { giveUpSteering } from '../../../../client-web/src/console/steering';
import { Commands, type Fields } from '../../../../client-web/src/lib/live/commands.svelte';
import { memoryStore } from '../../../../client-web/src/lib/outbox/store';

function away() {
  const sent: string[] = [];
  const commands: Commands = new Commands('w', memoryStore(), {
    send: (message) => void sent.push((message as Fields).action),
    kept: () => {},
  });
  return { commands, sent };
}

test('what steers the room is given up while the connection is away, and said to be', async () => {
  const { commands, sent } = away();
  await commands.send({ action: 'phase.enter', phase: 'solutions' });
  await commands.send({ action: 'timer.start', duration_ms: 60_000 });
  giveUpSteering(commands);
  expect(commands.complaint).toEqual({ code: 'not_confirmed', action: 'timer.start' });
  sent.length = 0;
  commands.sendAll();
  expect(sent).toEqual([]);
});

test('what people wrote, and cards that were moved, wait for the way', async () => {
  const { commands, sent } = away();
  await commands.send({ action: 'contribute', kind: 'problem', text: 'نص' });
  await commands.send({ action: 'place', contribution: 'c', theme: 't' });
  await commands.send({ action: 'staff.note', text: 'نص' });
  giveUpSteering(commands);
  sent.length = 0;
  commands.sendAll();
  expect(sent).toEqual(['contribute', 'place', 'staff.note']);
});

test('who waits to go on is told that it was given up', async () => {
  const { commands } = away();
  const entered = commands.attempt({ action: 'phase.enter', phase: 'plenary' });
  await vi.waitFor(() => expect(commands.outbox.size).toBe(1));
  giveUpSteering(commands);
  expect(await entered).toBe(false);
  expect(commands.complaint).toEqual({ code: 'not_confirmed', action: 'phase.enter' });
});
