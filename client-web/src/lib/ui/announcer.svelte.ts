const quietMs = 12_000;

/**
 * What changes on a live board, told to a screen reader as one summary every so often. Never the board
 * itself: sixty people writing would never let it finish a sentence.
 */
export class Announcer {
  text = $state('');
  private pending = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly summary: (count: number) => string) {}

  add(count = 1): void {
    this.pending += count;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.text = this.summary(this.pending);
      this.pending = 0;
    }, quietMs);
  }

  /** One's own result: at once. */
  say(text: string): void {
    this.text = text === this.text ? `${text}\u00a0` : text; // the same again is read only if it looks changed
  }
}
