import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type {
  Contribution,
  Event,
  Kind,
  OwnRating,
  Snapshot,
  TalliesHiddenEvent,
  Welcome,
} from '../generated/protocol';
import { isShown } from './contributions';

export type Mine = Welcome['mine']['contributions'][number];

const noRequest = { reword: undefined, reword_note: undefined };
const noFigures = { supports: undefined, together: undefined, rating: undefined, counted: undefined };

/** The contributions of a workshop, and what is one's own about them. */
export class Cards {
  audience = $state<Snapshot['audience']>('room');
  /** In the order they were added. */
  all = new SvelteMap<string, Contribution>();
  mine = new SvelteMap<string, Mine>();
  supported = new SvelteSet<string>();
  ratings = new SvelteMap<string, OwnRating>();
  private groups = $derived.by(() => {
    const groups = new Map<string, Contribution[]>();
    for (const contribution of this.all.values()) {
      const head = contribution.merged_into;
      if (head === undefined) continue;
      const members = groups.get(head);
      if (members) members.push(contribution);
      else groups.set(head, [contribution]);
    }
    return groups;
  });

  /** By solution. What was merged into another result is said by that one. */
  private results = $derived.by(() => {
    const results = new Map<string, Set<Contribution>>();
    for (const contribution of this.all.values()) {
      if (contribution.kind !== 'result' || !isShown(contribution)) continue;
      const head = this.all.get(contribution.merged_into ?? contribution.id);
      if (!head || !isShown(head)) continue;
      for (const solution of contribution.follows_from ?? [])
        results.set(solution, (results.get(solution) ?? new Set()).add(head));
    }
    return results;
  });

  read(snapshot: Pick<Snapshot, 'audience' | 'contributions'>): void {
    this.audience = snapshot.audience;
    this.all.clear();
    for (const contribution of snapshot.contributions) this.all.set(contribution.id, contribution);
  }

  readMine({ contributions, supports, ratings }: Welcome['mine']): void {
    this.mine.clear();
    for (const own of contributions) this.mine.set(own.id, own);
    this.supported.clear();
    for (const id of supports) this.supported.add(id);
    this.ratings.clear();
    for (const [id, rating] of Object.entries(ratings)) this.ratings.set(id, rating);
  }

  keepMine(): Welcome['mine'] {
    return {
      contributions: [...this.mine.values()],
      supports: [...this.supported],
      ratings: Object.fromEntries(this.ratings),
    };
  }

  members(head: string): Contribution[] {
    return this.groups.get(head) ?? [];
  }

  resultsOf(solution: string): Contribution[] {
    const group = [solution, ...this.members(solution).map(({ id }) => id)];
    return [...new Set(group.flatMap((id) => [...(this.results.get(id) ?? [])]))];
  }

  /** How many of these supports count for the same bound as one for this kind. */
  givenFor(kind: Kind, supported: Iterable<string>): number {
    let given = 0;
    for (const id of supported) {
      const other = this.all.get(id)?.kind;
      if (other !== undefined && (other === 'problem') === (kind === 'problem')) given++;
    }
    return given;
  }

  take(event: Event): void {
    switch (event.type) {
      case 'contribution.added':
      case 'contribution.shown':
      case 'draft.handed_in':
        this.set(event.contribution);
        break;
      case 'contributions.revealed':
        for (const contribution of event.contributions) this.set(contribution);
        break;
      case 'contribution.edited':
        this.edit(event.contribution, event.edits, event.text);
        break;
      case 'contribution.withdrawn':
        // What was merged into it stands on its own again.
        for (const member of this.members(event.contribution))
          this.update(member.id, { merged_into: undefined });
        this.update(event.contribution, { state: 'withdrawn', text: undefined });
        this.own(event.contribution, { state: 'withdrawn', text: undefined });
        break;
      case 'contribution.hidden':
        this.update(event.contribution, {
          state: 'hidden',
          ground: event.ground,
          reason: event.reason,
          ...(this.audience === 'staff' ? {} : { text: undefined }),
        });
        this.own(event.contribution, { state: 'hidden', ground: event.ground, reason: event.reason });
        break;
      case 'contribution.supported':
      case 'contribution.unsupported':
        this.update(event.contribution, { supports: event.supports });
        if (event.together !== undefined)
          this.update(event.head ?? event.contribution, { together: event.together });
        break;
      case 'contribution.rated':
        this.update(event.contribution, { rating: event.rating });
        break;
      case 'contribution.counted':
        this.update(event.contribution, { counted: event.counted });
        break;
      case 'contribution.merged':
        this.merge(event.contributions, event.into, event.together);
        break;
      case 'contribution.unmerged':
        for (const id of event.contributions) this.update(id, { merged_into: undefined });
        for (const head of event.heads) this.update(head.contribution, { together: head.together });
        break;
      case 'contribution.reword_asked':
        this.update(
          event.contribution,
          event.note === null ? noRequest : { reword: true, reword_note: event.note },
        );
        break;
      case 'contribution.frozen':
        this.update(event.contribution, { frozen: event.on || undefined });
        this.own(event.contribution, { frozen: event.on || undefined });
        break;
      case 'contribution.placed':
        this.update(event.contribution, { theme: event.theme ?? undefined });
        break;
      case 'theme.removed':
        this.updateAll((card) => (card.theme === event.theme ? { theme: undefined } : null));
        break;
      case 'tallies.hidden':
        this.hideTallies(event);
        break;
      case 'phase.entered':
        if (event.tallies_hidden) this.forgetFigures();
        break;
      case 'settings.set':
        if (event.settings.anonymous)
          this.updateAll((card) => (card.author_name === undefined ? null : { author_name: undefined }));
        break;
    }
  }

  /** Changes one's own contribution, if it is one's own. */
  own(id: string, change: Partial<Mine>): void {
    const before = this.mine.get(id);
    if (before) this.mine.set(id, { ...before, ...change });
  }

  private set(contribution: Contribution): void {
    this.all.set(contribution.id, contribution);
    this.own(contribution.id, { state: contribution.state, ground: undefined, reason: undefined });
  }

  private update(id: string, change: Partial<Contribution>): void {
    const before = this.all.get(id);
    if (before) this.all.set(id, { ...before, ...change });
  }

  private updateAll(change: (card: Contribution) => Partial<Contribution> | null): void {
    for (const card of [...this.all.values()]) {
      const changed = change(card);
      if (changed) this.update(card.id, changed);
    }
  }

  private edit(id: string, edits: number, text: string | undefined): void {
    // Other words are what was asked for.
    this.update(id, { edits, ...noRequest, ...(text === undefined ? {} : { text }) });
    this.own(id, { reword_note: undefined, ...(text === undefined ? {} : { text }) });
  }

  private merge(ids: string[], head: string, together: number | undefined): void {
    for (const id of ids) {
      for (const member of this.members(id)) this.update(member.id, { merged_into: head });
      this.update(id, { merged_into: head, together: undefined });
    }
    this.update(head, { together });
  }

  private hideTallies({ on, tallies }: TalliesHiddenEvent): void {
    if (this.audience === 'staff') return; // had them all the time
    if (on) return this.forgetFigures();
    // Told are those that have a figure; of the others we know now that they have none.
    this.updateAll(() => ({ ...noFigures, supports: 0 }));
    for (const { contribution, ...figures } of tallies) this.update(contribution, figures);
  }

  private forgetFigures(): void {
    if (this.audience === 'room') this.updateAll(() => noFigures);
  }
}
