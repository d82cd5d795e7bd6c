import type { Contribution, Kind, Theme } from '$lib/generated/protocol';
import { figureOf } from '$lib/live/contributions';
import { fold } from '$lib/text/fold';

/** A card as the board shows it: a contribution on top, and what was merged into it. */
export interface CardView {
  contribution: Contribution;
  members: Contribution[];
}
/** Cards of a column that came to the board one after the other: a browser leaves out what is far away. */
export interface Chunk {
  key: number;
  cards: CardView[];
}
export interface ColumnView {
  theme: Theme | null;
  cards: CardView[];
  chunks: Chunk[];
  /** Cards that belong here, found or not. */
  all: number;
}
/** How themes stand beside each other. */
export type Layout = 'columns' | 'grid';
export type Filter = 'all' | 'hidden' | 'veiled' | 'reword' | 'merged' | 'frozen' | 'unsupported';
export const filters: readonly Filter[] = [
  'all',
  'hidden',
  'veiled',
  'reword',
  'merged',
  'frozen',
  'unsupported',
];

export interface Wanted {
  kind: Kind;
  themes: Theme[];
  search: string;
  filter: Filter;
  /** Where cards were put that the server has not yet said. */
  placing: ReadonlyMap<string, string | null>;
}
export interface Arranged {
  /** Without a theme first, then a column for each theme. */
  columns: ColumnView[];
  /** What waits to be let through, of every kind, oldest first. */
  waiting: Contribution[];
  /** Shown contributions of each kind, merged ones too. */
  shown: Record<Kind, number>;
  /** Written silently and not yet revealed. */
  veiled: number;
  found: number;
  all: number;
}

/** By the card's place on the whole board: a card that leaves a column moves no other to another chunk. */
const chunkSize = 32;

const sameList = <T>(a: readonly T[], b: readonly T[]) =>
  a.length === b.length && a.every((one, index) => one === b[index]);

function passes({ contribution, members }: CardView, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'hidden':
      return contribution.state === 'hidden';
    case 'veiled':
      return contribution.veiled === true;
    case 'reword':
      return contribution.reword === true;
    case 'merged':
      return members.length > 0;
    case 'frozen':
      return contribution.frozen === true;
    case 'unsupported':
      return figureOf(contribution) === 0;
  }
}

type Place = Omit<ColumnView, 'theme'>;

/**
 * Puts the contributions of a board into columns. What has not changed since the last time is given as the
 * same object, so that a page of 300 cards draws the one that is new.
 */
export class Arranger {
  private views = new Map<string, CardView>();
  private columns = new Map<string, ColumnView>();
  private folded = new WeakMap<Contribution, string>();

  arrange(contributions: Iterable<Contribution>, wanted: Wanted): Arranged {
    const heads: Contribution[] = [];
    const members = new Map<string, Contribution[]>();
    const waiting: Contribution[] = [];
    const shown: Record<Kind, number> = { problem: 0, solution: 0, result: 0 };
    let veiled = 0;
    let place = -1;
    const chunkOf = new Map<string, number>();
    for (const one of contributions) {
      place++;
      if (one.state === 'withdrawn') continue;
      if (one.state === 'shown') shown[one.kind]++;
      if (one.veiled) veiled++;
      if (one.state === 'waiting') waiting.push(one);
      else if (one.kind !== wanted.kind) continue;
      else if (one.merged_into === undefined) {
        heads.push(one);
        chunkOf.set(one.id, Math.floor(place / chunkSize));
      } else {
        const group = members.get(one.merged_into);
        if (group) group.push(one);
        else members.set(one.merged_into, [one]);
      }
    }
    const search = fold(wanted.search.trim());
    const known = new Set(wanted.themes.map((theme) => theme.id));
    const places = new Map<string | null, Place>([[null, { cards: [], chunks: [], all: 0 }]]);
    for (const theme of wanted.themes) places.set(theme.id, { cards: [], chunks: [], all: 0 });
    let found = 0;
    for (const head of heads) {
      const put = wanted.placing.get(head.id);
      const theme = put === undefined ? (head.theme ?? null) : put;
      const column = places.get(theme !== null && known.has(theme) ? theme : null)!;
      column.all++;
      const view = this.view(head, members.get(head.id) ?? []);
      if (!passes(view, wanted.filter) || !this.says(view, search)) continue;
      column.cards.push(view);
      const key = chunkOf.get(head.id)!;
      const chunk = column.chunks.at(-1);
      if (chunk?.key === key) chunk.cards.push(view);
      else column.chunks.push({ key, cards: [view] });
      found++;
    }
    const columns = [this.column(null, places.get(null)!)];
    if (wanted.kind === 'problem')
      for (const theme of wanted.themes) columns.push(this.column(theme, places.get(theme.id)!));
    return { columns, waiting, shown, veiled, found, all: heads.length };
  }

  private says(view: CardView, search: string): boolean {
    return (
      search === '' || [view.contribution, ...view.members].some((one) => this.fold(one).includes(search))
    );
  }

  private fold(one: Contribution): string {
    let text = this.folded.get(one);
    if (text === undefined) this.folded.set(one, (text = fold(`${one.text ?? ''} ${one.author_name ?? ''}`)));
    return text;
  }

  private view(contribution: Contribution, members: Contribution[]): CardView {
    const before = this.views.get(contribution.id);
    if (before?.contribution === contribution && sameList(before.members, members)) return before;
    const view = { contribution, members };
    this.views.set(contribution.id, view);
    return view;
  }

  private column(theme: Theme | null, { cards, chunks, all }: Place): ColumnView {
    const id = theme?.id ?? '';
    const before = this.columns.get(id);
    if (before?.theme === theme && before.all === all && sameList(before.cards, cards)) return before;
    const known = new Map(before?.chunks.map((chunk) => [chunk.key, chunk]));
    const kept = chunks.map((chunk) => {
      const old = known.get(chunk.key);
      return old && sameList(old.cards, chunk.cards) ? old : chunk;
    });
    const column = { theme, cards, chunks: kept, all };
    this.columns.set(id, column);
    return column;
  }
}
