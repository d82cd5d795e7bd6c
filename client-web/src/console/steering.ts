import type { Commands, Fields } from '$lib/live/commands.svelte';
import type { LiveWorkshop } from '$lib/live/workshop.svelte';

/** What is meant for the room as it is now: later, a colleague may have gone on, and it would throw the room back. */
const forThisMoment: ReadonlySet<string> = new Set([
  'agenda.set',
  'caption.set',
  'floor.end',
  'floor.give',
  'phase.enter',
  'projector.show',
  'reveal',
  'settings.set',
  'tallies.hide',
  'timer.extend',
  'timer.start',
  'timer.stop',
]);

/** For a connection that is away: what steers the room is given up instead of waiting, and whoever gave it is told. */
export function giveUpSteering(commands: Pick<Commands, 'outbox' | 'rejected'>): void {
  for (const { id, command } of [...commands.outbox.values()])
    if (forThisMoment.has(command.action))
      void commands.rejected({ type: 'reject', id, code: 'not_confirmed' });
}

/** For what has a next step: resolves once it is decided whether the server took it; what was refused is complained of. */
export async function steer(
  live: Pick<LiveWorkshop, 'perform' | 'complaint'>,
  fields: Fields,
): Promise<boolean> {
  const outcome = await live.perform(fields);
  if (!outcome.ok) live.complaint = { code: outcome.code, action: fields.action };
  return outcome.ok;
}
