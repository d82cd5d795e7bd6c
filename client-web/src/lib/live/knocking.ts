const firstMs = 3_000;
const growth = 1.5;
const longestMs = 30_000;

/**
 * Asks once more whether one may come in: ever more seldom, only while somebody sees the page, and at once when
 * they come back to it, perhaps from where they have signed in.
 */
export class Knocking {
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly knock: () => void) {}

  /** One more time, later than the last. */
  again(): void {
    this.rest();
    document.addEventListener('visibilitychange', this.seen);
    addEventListener('focus', this.seen);
    this.timer = setTimeout(this.due, Math.min(longestMs, firstMs * growth ** this.turn++));
  }

  /** No more; the next `again` is the first. */
  stop(): void {
    this.rest();
    this.turn = 0;
  }

  private rest(): void {
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.seen);
    removeEventListener('focus', this.seen);
  }

  private due = (): void => {
    if (document.visibilityState === 'hidden') return; // until it is seen
    this.rest();
    this.knock();
  };

  private seen = (): void => {
    this.turn = 0;
    this.due();
  };
}
