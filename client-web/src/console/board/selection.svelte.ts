import { SvelteSet } from 'svelte/reactivity';

/** The cards that are selected, and where a range of them begins. */
export class Selection {
  readonly ids = new SvelteSet<string>();
  private anchor: string | null = null;

  /** The selected cards when this is one of them, else this one. */
  meant(id: string): string[] {
    return this.ids.has(id) ? [...this.ids] : [id];
  }

  toggle(id: string): void {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.anchor = id;
  }

  only(id: string): void {
    this.set([id]);
    this.anchor = id;
  }

  /** From where the last one was selected to this, in the order of the board. */
  rangeTo(id: string, order: readonly string[]): void {
    const from = this.anchor === null ? -1 : order.indexOf(this.anchor);
    const to = order.indexOf(id);
    if (from < 0 || to < 0) return this.toggle(id);
    for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.ids.add(one);
  }

  set(ids: Iterable<string>): void {
    const wanted = new Set(ids);
    for (const id of [...this.ids]) if (!wanted.has(id)) this.ids.delete(id);
    for (const id of wanted) this.ids.add(id);
  }

  clear(): void {
    this.ids.clear();
    this.anchor = null;
  }

  /** What is gone from the board is no longer selected. */
  keepOnly(present: ReadonlySet<string>): void {
    for (const id of [...this.ids]) if (!present.has(id)) this.ids.delete(id);
  }
}
