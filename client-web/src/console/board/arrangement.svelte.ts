import type { Contribution, Kind } from '$lib/generated/protocol';
import type { Board } from '$lib/live/board.svelte';
import { Arranger, type Filter, type Layout } from './arrange';
import { remember, remembered } from './device';
import type { Placing } from './placing.svelte';

/** What the facilitator looks at: one kind of card, searched and filtered, and how the columns stand. */
export class Arrangement {
  search = $state('');
  filter = $state<Filter>('all');
  private chosenKind = $state<Kind | null>(null);
  private chosenLayout = $state<Layout>(remembered('layout') === 'grid' ? 'grid' : 'columns');
  private readonly arranger = new Arranger();

  /** The kind of the phase, until another one is chosen. */
  readonly kind = $derived.by<Kind>(
    () =>
      this.chosenKind ??
      (this.board.phase === 'solutions' || this.board.phase === 'plenary' ? 'solution' : 'problem'),
  );
  /** Problems are grouped under themes; other kinds stand in one column. */
  readonly grouping = $derived(this.kind === 'problem');
  readonly arranged = $derived.by(() =>
    this.arranger.arrange(this.contributions(), {
      kind: this.kind,
      themes: this.board.themes,
      search: this.search,
      filter: this.filter,
      placing: this.placing.themes,
    }),
  );

  constructor(
    private readonly board: Board,
    private readonly contributions: () => Contribution[],
    private readonly placing: Placing,
  ) {}

  get layout(): Layout {
    return this.chosenLayout;
  }

  choose(kind: Kind): void {
    this.chosenKind = kind;
  }

  arrangeAs(layout: Layout): void {
    this.chosenLayout = layout;
    remember('layout', layout);
  }

  /** All cards that are shown, in their order on the board. */
  cards(): string[] {
    return this.columns().flat();
  }

  /** The cards of the column that this one stands in. */
  columnOf(id: string): string[] {
    return this.columns().find((ids) => ids.includes(id)) ?? [];
  }

  private columns(): string[][] {
    return this.arranged.columns.map(({ cards }) => cards.map((view) => view.contribution.id));
  }
}
