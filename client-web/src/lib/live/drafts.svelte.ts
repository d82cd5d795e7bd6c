import { SvelteMap } from 'svelte/reactivity';
import type { Draft, DraftChangedEvent, Event } from '../generated/protocol';
import { applyEdit } from './text-edit';

export type DraftChange = Pick<DraftChangedEvent, 'draft' | 'seq' | 'edit' | 'who'> & { revision: number };
export type DraftEnd = 'handed_in' | 'discarded';

/** The texts that are being written together, and who wants to hear of every edit of them. */
export class Drafts {
  private drafts = new SvelteMap<string, Draft>();
  private listeners = new Set<(change: DraftChange) => void>();
  private endListeners = new Set<(draft: string, how: DraftEnd, contribution?: string) => void>();
  /** Whom this page has heard writing, by draft: an edit says who made it, not whether they are new. */
  private heard = new Map<string, Set<string>>();
  /** An edit came that fits none of the texts here: only a snapshot helps. */
  lost = false;

  get size(): number {
    return this.drafts.size;
  }
  get list(): Draft[] {
    return [...this.drafts.values()];
  }
  get(id: string): Draft | undefined {
    return this.drafts.get(id);
  }
  /** Those that are handed in by themselves: all but the expected results of solutions that are drafts too. */
  get leading(): Draft[] {
    return this.list.filter((draft) => !draft.result_of);
  }
  /** The leading ones of a table; of none with null. */
  ofTable(table: string | null): Draft[] {
    return this.leading.filter((draft) => (draft.table ?? null) === table);
  }
  /** All words that are being written there, solutions' expected results after them. */
  writtenAt(table: string | null): string[] {
    return this.ofTable(table).flatMap(({ id, text }) => [text, this.resultOf(id)?.text ?? '']);
  }
  /** Where the expected result of this draft's solution is written. */
  resultOf(solution: string): Draft | undefined {
    return this.list.find((draft) => draft.result_of === solution);
  }

  /** Called for every edit, in their order, when `get` has it already. Gives back what ends it. */
  subscribe(listener: (change: DraftChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  /** Called when a draft became a contribution or was discarded. Gives back what ends it. */
  onEnd(listener: (draft: string, how: DraftEnd, contribution?: string) => void): () => void {
    this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  read(drafts: Draft[]): void {
    this.lost = false;
    this.drafts.clear();
    for (const draft of drafts) this.drafts.set(draft.id, draft);
  }

  take(event: Event): void {
    switch (event.type) {
      case 'draft.started':
        if (event.draft) this.drafts.set(event.draft.id, event.draft);
        break;
      case 'draft.changed':
        this.edit(event);
        break;
      case 'draft.handed_in':
        this.end(event.draft, 'handed_in', event.contribution.id);
        break;
      case 'draft.discarded':
        this.end(event.draft, 'discarded');
        break;
    }
  }

  private edit({ draft: id, seq, revision, edit, who }: DraftChangedEvent): void {
    const draft = this.drafts.get(id);
    // A draft may come with edits that are told again after it.
    if (!draft || revision === undefined || revision <= draft.revision) return;
    const text = revision === draft.revision + 1 ? applyEdit(draft.text, edit) : null;
    if (text === null) {
      this.lost = true;
      return;
    }
    this.drafts.set(id, { ...draft, text, revision, writers: this.writersWith(draft, who) });
    for (const listener of [...this.listeners]) listener({ draft: id, seq, revision, edit, who });
  }

  /** At least so many; all of them when this page was there from the beginning. */
  private writersWith({ id, writers }: Draft, who: string): number {
    const heard = (this.heard.get(id) ?? new Set()).add(who);
    this.heard.set(id, heard);
    return Math.max(writers, heard.size);
  }

  /** Whoever came later did not hear all who write: somebody at its table may be one of them. */
  mayBeBy(id: string, alias: string, seat: string | null): boolean {
    const draft = this.drafts.get(id);
    const heard = this.heard.get(id);
    if (!draft || heard?.has(alias)) return draft !== undefined;
    return (heard?.size ?? 0) < draft.writers || (draft.table !== undefined && draft.table === seat);
  }

  private end(id: string, how: DraftEnd, contribution?: string): void {
    this.heard.delete(id);
    if (!this.drafts.delete(id)) return;
    const result = this.resultOf(id);
    if (result) this.drafts.set(result.id, onItsOwn(result, contribution));
    for (const listener of [...this.endListeners]) listener(id, how, contribution);
  }
}

/** An expected result of which the solution's draft ended, and became this contribution if it was handed in. */
function onItsOwn({ result_of: _, ...draft }: Draft, solution?: string): Draft {
  return { ...draft, follows_from: solution ? [solution] : [] };
}
