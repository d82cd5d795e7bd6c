import type { Fields } from '$lib/live/commands.svelte';

/** Hands in a table's text. What the table itself wrote as expected goes with it; only without that, what was typed for it. */
export function handingIn(draft: string, expected: string | undefined, typed: string | undefined): Fields {
  const result = expected ? undefined : typed?.trim();
  return { action: 'draft.hand_in', draft, ...(result && { result }) };
}
