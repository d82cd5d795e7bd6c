import { t } from '$lib/i18n/index.svelte';
import { waitingIn } from './board/pending';

export type AskFirst = (text: string, label: string, then: () => unknown) => void;

/**
 * Leaves a workshop's console, with which what waits on this page alone is lost: then it is asked first. Gives whether
 * it was left at once.
 */
export function leave(live: Parameters<typeof waitingIn>[0], ask: AskFirst, then: () => unknown): boolean {
  const { count } = waitingIn(live);
  if (count > 0) ask(t('leave.ask', { count }), t('leave'), then);
  else void then();
  return count === 0;
}
