import type { SignalItem, Signals as SignalsMessage } from '../generated/protocol';

/** The server forgets a signal after 10 s. */
const renewMs = 4_000;
/** The server tells cursors no oftener than this. */
const cursorMs = 300;
const seenMs = 2_000;
const seenAtOnce = 50;

interface Cursor {
  target: string;
  at: number;
}

/** What is told while it lasts and kept nowhere: cards that are held, cursors, what was on the screen. */
export class Signals {
  private items = $state.raw<SignalItem[]>([]);
  private held: string | null = null;
  private pointed: Cursor | null = null;
  private toldSeen = new Set<string>();
  private toTell: string[] = [];
  private renewal: ReturnType<typeof setInterval> | undefined;
  private cursorTimer: ReturnType<typeof setTimeout> | undefined;
  private seenTimer: ReturnType<typeof setTimeout> | undefined;

  /** `send` loses what it can't send; `alias` is one's own. */
  constructor(
    private readonly send: (message: object) => void,
    private readonly alias: () => string,
  ) {}

  /** Cards that other facilitators hold, by card. */
  holds = $derived(new Map(this.others('hold').map((item) => [item.target, item])));

  /** Where other people's cursors stand in a draft. */
  cursors(draft: string): SignalItem[] {
    return this.others('cursor').filter((item) => item.target === draft);
  }

  /** Holds a card until another or null. */
  hold(target: string | null): void {
    if (target === this.held) return;
    this.held = target;
    this.send({ type: 'signal', kind: 'hold', target });
    this.renewWhileNeeded();
  }

  /** Shows one's cursor in a draft, so many code points from its beginning, until null. */
  cursor(draft: string | null, at = 0): void {
    if (draft === (this.pointed?.target ?? null) && (draft === null || at === this.pointed?.at)) return;
    this.pointed = draft === null ? null : { target: draft, at };
    this.cursorTimer ??= setTimeout(() => {
      this.cursorTimer = undefined;
      this.sendCursor();
    }, cursorMs);
    this.renewWhileNeeded();
  }

  /** These contributions were on the screen. Each is told once. */
  seen(ids: Iterable<string>): void {
    for (const id of ids) {
      if (this.toldSeen.has(id)) continue;
      this.toldSeen.add(id);
      this.toTell.push(id);
    }
    this.tellSeenSoon();
  }

  take(message: SignalsMessage): void {
    this.items = message.items;
  }

  /** Not connected: nothing is known of others. */
  lost(): void {
    this.items = [];
  }

  /** Connected again, perhaps to a server that was started again and knows nothing. */
  again(): void {
    this.renew();
    this.renewWhileNeeded();
    this.toTell = [...this.toldSeen];
    this.tellSeenSoon();
  }

  stop(): void {
    clearInterval(this.renewal);
    clearTimeout(this.cursorTimer);
    clearTimeout(this.seenTimer);
  }

  private others(kind: SignalItem['kind']): SignalItem[] {
    return this.items.filter((item) => item.kind === kind && item.who !== this.alias());
  }

  private renewWhileNeeded(): void {
    clearInterval(this.renewal);
    this.renewal =
      this.held === null && this.pointed === null ? undefined : setInterval(() => this.renew(), renewMs);
  }

  private renew(): void {
    if (this.held !== null) this.send({ type: 'signal', kind: 'hold', target: this.held });
    if (this.pointed !== null) this.sendCursor();
  }

  private sendCursor(): void {
    this.send({ type: 'signal', kind: 'cursor', ...(this.pointed ?? { target: null }) });
  }

  private tellSeenSoon(): void {
    if (this.toTell.length === 0) return;
    this.seenTimer ??= setTimeout(() => {
      this.seenTimer = undefined;
      this.send({ type: 'seen', contributions: this.toTell.splice(0, seenAtOnce) });
      this.tellSeenSoon();
    }, seenMs);
  }
}
