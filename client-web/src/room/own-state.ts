import type { Contribution } from '$lib/generated/protocol';
import type { Mine } from '$lib/live/board.svelte';

/** How one's own contribution stands, as its author is told. */
export type OwnState = 'kept' | 'before' | 'veiled' | 'hidden' | 'withdrawn';

export function ownState(own: Pick<Mine, 'state'>, onBoard?: Pick<Contribution, 'veiled'>): OwnState {
  if (own.state === 'hidden' || own.state === 'withdrawn') return own.state;
  if (own.state === 'waiting') return 'before';
  return onBoard?.veiled ? 'veiled' : 'kept';
}

/** Who was asked for other words may give them whatever the phase; what is frozen stays as it is. */
export function mayEdit(
  own: Pick<Mine, 'state' | 'frozen' | 'reword_note'>,
  rules: { edit: boolean },
  phase: string,
  onBoard?: Pick<Contribution, 'reword'>,
): boolean {
  if (own.frozen || own.state === 'withdrawn' || phase === 'closed') return false;
  if (own.reword_note !== undefined || onBoard?.reword) return true;
  return rules.edit && own.state !== 'hidden';
}
