import type { Commands } from '$lib/live/commands.svelte';

/** What is meant for the room as it is now: later, a colleague may have gone on, and it would throw the room back. */
const forThisMoment: ReadonlySet<string> = new Set([
  'agenda.set',
  'caption.set',
  'floor.end',
  'floor.give',
  'form.set',
  'phase.enter',
  'projector.show',
  'reveal',
  'settings.set',
  'tallies.hide',
  'timer.extend',
  'timer.pause',
  'timer.start',
  'timer.stop',
]);

/** For a connection that is away: what steers the room is given up instead of waiting, and whoever gave it is told. */
export function giveUpSteering(commands: Pick<Commands, 'outbox' | 'rejected'>): void {
  for (const { id, command } of [...commands.outbox.values()])
    if (forThisMoment.has(command.action))
      void commands.rejected({ type: 'reject', id, code: 'not_confirmed' });
}
