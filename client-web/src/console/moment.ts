import type { Settings } from '$lib/generated/protocol';
import type { LiveWorkshop } from '$lib/live/workshop.svelte';
import { changed, type Reversible } from './changed';

/** Rules for as long as the room needs them: set beside the phase at one press, and no part of a prepared programme. */
export type Momentary = Pick<Settings, 'paused' | 'slow_seconds'>;

export const withMoment = (settings: Settings, { paused, slow_seconds }: Momentary): Settings => ({
  ...settings,
  paused,
  slow_seconds,
});

/** The settings as they are once what is on its way has arrived: each command sends all of them. */
export function settingsAhead({
  board,
  outbox,
}: {
  board: Pick<LiveWorkshop['board'], 'settings'>;
  outbox: Pick<LiveWorkshop['outbox'], 'values'>;
}): Settings {
  const waiting = [...outbox.values()].filter(
    ({ command, state }) => command.action === 'settings.set' && state === 'waiting',
  );
  return (waiting.at(-1)?.command.settings as Settings | undefined) ?? board.settings;
}

/** Sets one of them and leaves every other rule as it is; undone, it is as before unless somebody set it since. */
export function setMoment<Name extends keyof Momentary>(
  inForce: () => Settings,
  name: Name,
  value: Momentary[Name],
): Reversible {
  return changed(
    () => inForce()[name],
    (to) => ({ action: 'settings.set', settings: { ...inForce(), [name]: to } }),
    value,
  );
}
