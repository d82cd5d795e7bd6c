/** A placing that the server does not tell in this time is shown no longer. */
const longestMs = 6_000;

/** Where cards were put that the server has not yet said: the board shows them there at once. */
export class Placing {
  themes = $state.raw<ReadonlyMap<string, string | null>>(new Map());

  /** Gives what takes it back. */
  put(ids: string[], theme: string | null): () => void {
    this.themes = new Map([...this.themes, ...ids.map((id) => [id, theme] as const)]);
    const timer = setTimeout(() => this.forget(ids), longestMs);
    return () => {
      clearTimeout(timer);
      this.forget(ids);
    };
  }

  /** To be called whenever cards change: what the server said needs no memory of what was hoped for. */
  settle(themeOf: (id: string) => string | null): void {
    const told = [...this.themes].filter(([id, theme]) => themeOf(id) === theme);
    if (told.length > 0) this.forget(told.map(([id]) => id));
  }

  private forget(ids: string[]): void {
    const gone = new Set(ids);
    this.themes = new Map([...this.themes].filter(([id]) => !gone.has(id)));
  }
}
