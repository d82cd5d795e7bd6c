import type { Overview } from './lines';

const everyMs = 2_000;
const longestMs = 20_000;
const patienceMs = 10_000;

type Fetch = (path: string, options: RequestInit) => Promise<Response>;

/** The overview of a consultation, asked for again and again while the page is looked at. */
export class Watch {
  /** live: at most some seconds old; away: not answered, asking on; the others are for good. */
  state = $state<'starting' | 'live' | 'away' | 'signedOut' | 'refused' | 'missing'>('starting');
  overview = $state.raw<Overview | null>(null);
  /** Server time minus this device's. */
  private offset = 0;
  private etag = '';
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(
    private readonly consultation: string,
    private readonly fetch: Fetch = (path, options) => globalThis.fetch(path, options),
  ) {}

  start(): void {
    document.addEventListener('visibilitychange', this.seen);
    addEventListener('online', this.seen);
    void this.ask();
  }

  stop(): void {
    this.stopped = true;
    document.removeEventListener('visibilitychange', this.seen);
    removeEventListener('online', this.seen);
    clearTimeout(this.timer);
  }

  /** Server time now, in ms. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** At once; also what to do after an error. */
  again(): void {
    clearTimeout(this.timer);
    void this.ask();
  }

  /** One question and its answer, and the next after a while. */
  async ask(): Promise<void> {
    clearTimeout(this.timer);
    await this.look();
    if (this.stopped || (this.state !== 'live' && this.state !== 'away')) return;
    const wait = Math.min(longestMs, everyMs * 2 ** this.failures);
    clearTimeout(this.timer);
    if (document.visibilityState === 'visible') this.timer = setTimeout(() => void this.ask(), wait);
  }

  private seen = (): void => {
    if (document.visibilityState === 'visible' && !this.stopped) this.again();
  };

  private async look(): Promise<void> {
    let response: Response;
    try {
      response = await this.fetch(`/api/consultations/${this.consultation}/overview`, {
        cache: 'no-store', // this page knows by itself what it has
        credentials: 'same-origin',
        headers: this.etag ? { 'If-None-Match': this.etag } : {},
        signal: AbortSignal.timeout?.(patienceMs) ?? null,
      });
      if (response.ok) this.take((await response.json()) as Overview, response.headers.get('ETag') ?? '');
    } catch {
      return this.failed();
    }
    if (response.ok || response.status === 304) {
      this.failures = 0;
      this.state = 'live';
    } else if (response.status === 401) this.state = 'signedOut';
    else if (response.status === 403) this.state = 'refused';
    else if (response.status === 404) this.state = 'missing';
    else this.failed();
  }

  private take(overview: Overview, etag: string): void {
    this.offset = overview.time - Date.now();
    this.overview = overview;
    this.etag = etag;
  }

  private failed(): void {
    this.failures++;
    this.state = 'away';
  }
}
