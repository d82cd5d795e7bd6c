import { SvelteMap } from 'svelte/reactivity';
import type { Draft, DraftChangedEvent, Event, Welcome } from '../generated/protocol';
import { applyEdit } from './text-edit';

export type DraftChange = Required<Pick<DraftChangedEvent, 'draft' | 'seq' | 'edit' | 'who' | 'revision'>>;
export type DraftEnd = 'handed_in' | 'discarded';

/**
 * unread: others write it at their table, and the words here, if there are any, are those of the time when one sat
 * there.
 */
export type KnownDraft = Draft & { text: string; unread?: true };

/** The texts that are being written together, and who wants to hear of every edit of them. */
export class Drafts {
  private drafts = new SvelteMap<string, KnownDraft>();
  private listeners = new Set<(change: DraftChange) => void>();
  private endListeners = new Set<(draft: string, how: DraftEnd, contribution?: string) => void>();
  /** Whom this page has heard writing, by draft: an edit says who made it, not whether they are new. */
  private heard = new Map<string, Set<string>>();
  /** An edit came that fits none of the texts here: only a snapshot helps. */
  lost = false;

  get size(): number {
    return this.drafts.size;
  }
  get list(): KnownDraft[] {
    return [...this.drafts.values()];
  }
  /** As `read` takes them. */
  get told(): Draft[] {
    return this.list.map(({ unread, text, ...draft }) => (unread ? draft : { ...draft, text }));
  }
  get(id: string): KnownDraft | undefined {
    return this.drafts.get(id);
  }
  /** Those that are handed in by themselves: all but the expected results of solutions that are drafts too. */
  get leading(): KnownDraft[] {
    return this.list.filter((draft) => !draft.result_of);
  }
  /** The leading ones of a table that can be read here; of none with null. */
  ofTable(table: string | null): KnownDraft[] {
    return this.leading.filter((draft) => (draft.table ?? null) === table && !draft.unread);
  }
  /** All words that are being written there, solutions' expected results after them. */
  writtenAt(table: string | null): string[] {
    return this.ofTable(table).flatMap(({ id, text }) => [text, this.resultOf(id)?.text ?? '']);
  }
  /** Where the expected result of this draft's solution is written. */
  resultOf(solution: string): KnownDraft | undefined {
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
    const before = new Map(this.drafts);
    this.drafts.clear();
    for (const draft of drafts) this.drafts.set(draft.id, known(draft, before.get(draft.id)));
  }

  /** What is written where one sits: a snapshot and the events before one sat there do not say it. */
  readMine(drafts: Welcome['mine']['drafts'] = []): void {
    for (const { id, text, revision } of drafts) {
      const draft = this.drafts.get(id);
      if (draft && (draft.unread || revision > draft.revision))
        this.drafts.set(id, { ...draft, text, revision, unread: undefined });
    }
  }

  take(event: Event): void {
    switch (event.type) {
      case 'draft.started':
        if (event.draft) this.drafts.set(event.draft.id, known(event.draft, this.drafts.get(event.draft.id)));
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
    if (edit === undefined || who === undefined) {
      if (!draft.unread) this.drafts.set(id, { ...draft, unread: true });
      return;
    }
    if (draft.unread) return; // one sits there since a moment: a welcome tells it
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

/** What is not told keeps what was known of it. */
function known({ text, ...draft }: Draft, before?: KnownDraft): KnownDraft {
  if (text !== undefined) return { ...draft, text };
  return { ...draft, text: before?.text ?? '', revision: before?.revision ?? 0, unread: true };
}

/** An expected result of which the solution's draft ended, and became this contribution if it was handed in. */
function onItsOwn({ result_of: _, ...draft }: KnownDraft, solution?: string): KnownDraft {
  return { ...draft, follows_from: solution ? [solution] : [] };
}
