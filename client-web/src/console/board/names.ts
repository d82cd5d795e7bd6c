import type { Contribution } from '$lib/generated/protocol';
import type { Board } from '$lib/live/board.svelte';

export const tableOf = (board: Board, one: Contribution): string | undefined =>
  one.table === undefined ? undefined : board.tables.get(one.table)?.title;

/** The first words of a text, for a sentence that names it. */
export function short(text: string | undefined, most = 40): string {
  const letters = [...(text ?? '')];
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most).join('').trimEnd()}…`;
}
