import { beforeEach, describe, expect, test } from 'vitest';
import { setMoment, settingsAhead, withMoment } from '../../../../client-web/src/console/moment';
import type { Command } from '../../../../client-web/src/console/history.svelte';
import type { Entry } from '../../../../client-web/src/lib/outbox/store';
import type { Settings } from '../../../../client-web/src/lib/generated/protocol';

const prepared: Settings = {
  moderation: 'before',
  anonymous: true,
  results_required: true,
  paused: false,
  slow_seconds: 0,
  quorum: 40,
};
let inForce: Settings;
beforeEach(() => (inForce = prepared));
const run = (commands: { action: string }[]) => {
  for (const command of commands) inForce = (command as unknown as { settings: Settings }).settings;
};

describe('what is set beside the phase', () => {
  test('changes nothing else, and undone it is as before', () => {
    const step = setMoment(() => inForce, 'paused', true);
    run(step.commands);
    expect(inForce).toEqual({ ...prepared, paused: true });
    run(step.inverse());
    expect(inForce).toEqual(prepared);
  });
  test('leaves what another facilitator set meanwhile', () => {
    const step = setMoment(() => inForce, 'slow_seconds', 30);
    run(step.commands);
    inForce = { ...inForce, quorum: 10 };
    run(step.inverse());
    expect(inForce).toEqual({ ...prepared, quorum: 10 });
    run(step.commands);
    inForce = { ...inForce, slow_seconds: 60 };
    expect(step.inverse()).toEqual([]);
  });
  test('keeps what was set just before and is on its way', () => {
    const outbox = new Map<string, Entry>();
    const send = (commands: Command[]) =>
      commands.forEach((command, at) => {
        const id = `${outbox.size}-${at}`;
        outbox.set(id, { id, workshop: 'w', command, state: 'waiting', at: 0 });
      });
    const ahead = () => settingsAhead({ board: { settings: prepared }, outbox });
    send(setMoment(ahead, 'paused', true).commands);
    send(setMoment(ahead, 'slow_seconds', 30).commands);
    expect(ahead()).toEqual({ ...prepared, paused: true, slow_seconds: 30 });
    for (const entry of outbox.values()) entry.state = 'rejected';
    expect(ahead()).toEqual(prepared);
  });
  test('what is so already is no step', () =>
    expect(setMoment(() => inForce, 'paused', false).commands).toEqual([]));
  test('a prepared programme neither stops nor starts it', () =>
    expect(withMoment(prepared, { paused: true, slow_seconds: 30 })).toEqual({
      ...prepared,
      paused: true,
      slow_seconds: 30,
    }));
});
