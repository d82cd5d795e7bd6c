import { finalCloseCodes } from '../generated/codes';
import type { ServerMessage } from '../generated/protocol';

const subprotocol = 'warsha.live.v1';
const connectMs = 5_000;
/** Ticks come every 15 s: two missed and a little more is a dead socket. */
const silenceMs = 35_000;
const longestWaitMs = 20_000;

export interface ConnectionEvents {
  /** The socket is open: say hello. */
  open(): void;
  message(message: ServerMessage): void;
  /** Not connected, and another attempt will be made; or, when `final` has the close code, not before it is started
   * again. `unopened`: there was no socket at all, and a browser does not tell whether it was refused. */
  lost(how: { final?: number; unopened: boolean }): void;
}

/** How long to wait before attempt number `attempt`: full jitter, so that a room does not come back as one. */
export function waitBefore(attempt: number, random = Math.random): number {
  return Math.min(longestWaitMs, 500 + random() * 500 * 2 ** Math.min(attempt, 10));
}

/**
 * A WebSocket that comes back: after a loss with full jitter, at once when the page is shown again or the
 * network returns. A phone may kill a socket without telling: silence is noticed by the ticks that don't come.
 */
export class Connection {
  private socket: WebSocket | null = null;
  private opened = false;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private alarm: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private comeBackMs: number | null = null;

  constructor(
    private readonly url: string,
    private readonly events: ConnectionEvents,
  ) {}

  start(): void {
    this.stopped = false;
    addEventListener('online', this.now);
    addEventListener('offline', this.cut);
    addEventListener('pageshow', this.now);
    document.addEventListener('visibilitychange', this.now);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    removeEventListener('online', this.now);
    removeEventListener('offline', this.cut);
    removeEventListener('pageshow', this.now);
    document.removeEventListener('visibilitychange', this.now);
    clearTimeout(this.retry);
    this.drop();
  }

  send(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** The server named a time to come back after. */
  comeBackAfter(ms: number): void {
    this.comeBackMs = ms;
  }

  private now = (): void => {
    if (this.stopped || document.visibilityState === 'hidden') return;
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    this.attempt = 0;
    clearTimeout(this.retry);
    this.connect();
  };

  /** The device has no network any more, which its sockets may not notice for long. */
  private cut = (): void => {
    clearTimeout(this.retry);
    this.lost();
  };

  private connect(): void {
    this.drop();
    const socket = new WebSocket(this.url, subprotocol);
    this.socket = socket;
    this.opened = false;
    this.expectWithin(connectMs);
    socket.onopen = () => {
      this.attempt = 0;
      this.opened = true;
      this.expectWithin(silenceMs);
      this.events.open();
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      this.expectWithin(silenceMs);
      this.events.message(JSON.parse(event.data) as ServerMessage);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.lost(event.code);
    };
  }

  /** Nothing heard in time: the socket is given up, whatever the browser says of it. */
  private expectWithin(ms: number): void {
    clearTimeout(this.alarm);
    this.alarm = setTimeout(() => this.lost(), ms);
  }

  private lost(code?: number): void {
    this.drop();
    if (this.stopped) return;
    const unopened = !this.opened;
    if (code !== undefined && finalCloseCodes.has(code)) {
      this.stopped = true;
      return this.events.lost({ final: code, unopened });
    }
    this.events.lost({ unopened });
    if (this.stopped) return;
    const wait = this.comeBackMs ?? waitBefore(this.attempt++);
    this.comeBackMs = null;
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private drop(): void {
    clearTimeout(this.alarm);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
