import { SvelteSet } from 'svelte/reactivity';
import { t } from '$lib/i18n/index.svelte';
import type { Board } from '$lib/live/board.svelte';
import type { Holding } from './holding.svelte';
import { short } from './names';

/** The cards that are dragged, in this facilitator's hand from their picking up to their drop. */
export class Dragging {
  readonly lifted = new SvelteSet<string>();
  /** What they are over: a theme's id, "" for none, "new"; null: nothing that takes them. */
  over = $state<string | null>(null);
  /** What is read under the pointer. */
  words = $state('');

  constructor(
    private readonly board: Pick<Board, 'contributions'>,
    private readonly holding: Holding,
  ) {}

  /** Lifts what is `meant` by this card. False: somebody else has the card in hand. */
  lift(id: string, meant: () => string[]): boolean {
    if (!this.holding.pick(id)) return false;
    const ids = meant();
    for (const one of ids) this.lifted.add(one);
    this.words =
      ids.length > 1
        ? t('card.dragged', { count: ids.length })
        : short(this.board.contributions.get(id)?.text, 80);
    return true;
  }

  /** Gives what was lifted. */
  drop(): string[] {
    const ids = [...this.lifted];
    this.cancel();
    return ids;
  }

  cancel(): void {
    this.lifted.clear();
    this.holding.release();
  }
}
