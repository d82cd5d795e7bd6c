import { tick } from 'svelte';
import { t } from '$lib/i18n/index.svelte';

/** What was done last, said where nothing else on the screen shows it. */
class Lately {
  text = $state('');

  /** Says that `what`, the words of a button, is done. */
  did(what: string): void {
    this.text = t('form.sent', { what });
  }
  nothing(): void {
    this.text = '';
  }
}
export const lately = new Lately();

/**
 * Whoever had the focus in something that is gone goes on from the button that opens the form `of`, else from the card
 * around it or the one that has its place (`data-work`), else from the line that says what was done. A focus that is somewhere stays there.
 */
export async function goOn(card: HTMLElement | null | undefined, of = ''): Promise<void> {
  await tick();
  if (document.activeElement && document.activeElement !== document.body) return;
  const next =
    document.querySelector<HTMLElement>(`[data-opens="${of}"]`) ??
    (card?.isConnected ? card : null) ??
    document.querySelector<HTMLElement>('[data-work]') ??
    document.querySelector<HTMLElement>('.lately');
  if (!next) return;
  if (next.tabIndex < 0) next.tabIndex = -1; // a card takes the focus only when it is given
  next.focus({ preventScroll: true });
}
