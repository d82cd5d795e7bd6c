/** Passing by is not seeing. */
const dwellMs = 1_000;

/** Tells which cards stood on the screen for a moment. One for a board; `watch` is a Svelte action. */
export class OnScreen {
  private timers = new Map<Element, ReturnType<typeof setTimeout>>();
  private ids = new WeakMap<Element, string>();
  private observer: IntersectionObserver;

  constructor(seen: (id: string) => void) {
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          clearTimeout(this.timers.get(target));
          this.timers.delete(target);
          if (isIntersecting)
            this.timers.set(
              target,
              setTimeout(() => this.tell(target, seen), dwellMs),
            );
        }
      },
      { threshold: 0.5 },
    );
  }

  watch = (card: Element, id: string): { destroy(): void } => {
    this.ids.set(card, id);
    this.observer.observe(card);
    return { destroy: () => this.forget(card) };
  };

  stop(): void {
    this.observer.disconnect();
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private tell(card: Element, seen: (id: string) => void): void {
    const id = this.ids.get(card);
    this.forget(card); // once is enough
    if (id !== undefined) seen(id);
  }

  private forget(card: Element): void {
    this.observer.unobserve(card);
    clearTimeout(this.timers.get(card));
    this.timers.delete(card);
  }
}
