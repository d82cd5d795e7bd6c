import type { Settings } from '$lib/generated/protocol';
import type { Command } from './history.svelte';

/** Rules for as long as the room needs them: set beside the phase at one press, and no part of a prepared programme. */
export type Momentary = Pick<Settings, 'paused' | 'slow_seconds'>;

export const withMoment = (settings: Settings, { paused, slow_seconds }: Momentary): Settings => ({
  ...settings,
  paused,
  slow_seconds,
});

/** Sets one of them and leaves every other rule as it is; undone, it is as before unless somebody set it since. */
export function setMoment<Name extends keyof Momentary>(
  inForce: () => Settings,
  name: Name,
  value: Momentary[Name],
): { commands: Command[]; inverse: () => Command[] } {
  const before = inForce()[name];
  const set = (to: Momentary[Name]): Command[] => [
    { action: 'settings.set', settings: { ...inForce(), [name]: to } },
  ];
  return {
    commands: before === value ? [] : set(value),
    inverse: () => (inForce()[name] === value ? set(before) : []),
  };
}
