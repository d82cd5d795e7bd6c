import type { Command } from './history.svelte';

/** What one step sends, and what undoes it as things are when it is undone. */
export interface Reversible {
  commands: Command[];
  inverse: () => Command[];
}

/** Sets what `read` tells, unless it is so already or there is nothing to set; undone, it is as before unless somebody set it since. */
export function changed<Value>(
  read: () => Value | undefined,
  command: (value: Value) => Command,
  value: Value,
): Reversible {
  const before = read();
  if (before === undefined || before === value) return { commands: [], inverse: () => [] };
  return {
    commands: [command(value)],
    inverse: () => (read() === value ? [command(before)] : []),
  };
}
