/** A placing that the server took and does not tell in this time is shown no longer. */
const tellWithinMs = 6_000;

/** Where cards were put that the server has not yet said: the board shows them there at once. */
export class Placing {
  themes = $state.raw<ReadonlyMap<string, string | null>>(new Map());
  /** Which placing of a card was its last. */
  private last = new Map<string, object>();

  /** Shown as long as the server has not answered; gives what is called with whether it took it. */
  put(ids: string[], theme: string | null): (taken: boolean) => void {
    const placing = {};
    for (const id of ids) this.last.set(id, placing);
    this.themes = new Map([...this.themes, ...ids.map((id) => [id, theme] as const)]);
    const forget = () => this.forget(ids.filter((id) => this.last.get(id) === placing));
    return (taken) => (taken ? void setTimeout(forget, tellWithinMs) : forget());
  }

  /** To be called whenever cards change: what the server said needs no memory of what was hoped for. */
  settle(themeOf: (id: string) => string | null): void {
    const told = [...this.themes].filter(([id, theme]) => themeOf(id) === theme);
    if (told.length > 0) this.forget(told.map(([id]) => id));
  }

  private forget(ids: string[]): void {
    for (const id of ids) this.last.delete(id);
    const gone = new Set(ids);
    this.themes = new Map([...this.themes].filter(([id]) => !gone.has(id)));
  }
}
