import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LiveWorkshop } from '../../../client-web/src/lib/live/workshop.svelte';
import { memoryStore } from '../../../client-web/src/lib/outbox/store';
import { cardId, draftId, event, read, snapshot } from './support/boards';

/** The server's end of the one socket that a page has. */
class Socket {
  static readonly OPEN = 1;
  static last: Socket;
  readyState = Socket.OPEN;
  sent: { type: string; id?: string }[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;
  constructor() {
    Socket.last = this;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {}
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  refuse(): void {
    this.end(1006);
  }
  end(code: number): void {
    this.onclose?.({ code });
  }
  heard(type: string): number {
    return this.sent.filter((message) => message.type === type).length;
  }
}

const welcome = read('welcome-participant.json').message;
const snapshots = vi.fn();
/** What the browser tells the page of itself. */
let browser: EventTarget;
let screen: EventTarget & { visibilityState: string };
let live: LiveWorkshop;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('location', { protocol: 'http:', host: 'localhost' });
  browser = new EventTarget();
  vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
  vi.stubGlobal('removeEventListener', browser.removeEventListener.bind(browser));
  screen = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', screen);
  snapshots.mockReset().mockImplementation(async () => Response.json(snapshot()));
  vi.stubGlobal('fetch', snapshots);
  live = new LiveWorkshop('w', 'participant', memoryStore());
  live.start();
  Socket.last.onopen?.();
  await vi.waitFor(() => expect(Socket.last.heard('hello')).toBe(1));
  Socket.last.say(welcome);
});
afterEach(() => {
  live.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function tell(one: object): void {
  const seq = live.board.seq + 1;
  Socket.last.say({ type: 'events', first: seq, last: seq, events: [{ ...one, seq }] });
}

describe('a page', () => {
  test('says hello again, once and within 1.5 s, for what concerns its person alone', async () => {
    expect(live.state).toBe('live');
    tell(event('contribution-reword-asked'));
    tell(event('table-seated'));
    expect(Socket.last.heard('hello')).toBe(1);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(Socket.last.heard('hello')).toBe(2);
    const { mine } = welcome;
    const contributions = [{ ...mine.contributions[0], reword_note: 'اذكر المصلحة' }];
    Socket.last.say({ ...welcome, mine: { ...mine, contributions } });
    expect(live.board.mine.get(cardId)?.reword_note).toBe('اذكر المصلحة');
  });

  test('asks for nothing when others are concerned', async () => {
    tell({ ...event('table-seated'), who: ['b7d2035c'] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(Socket.last.heard('hello')).toBe(1);
    expect(snapshots).toHaveBeenCalledTimes(1);
  });

  test('fetches a snapshot when an edit does not fit its draft', async () => {
    tell({ type: 'draft.changed', draft: draftId, revision: 7, edit: ['نص'], who: 'b7d2035c' });
    await vi.advanceTimersByTimeAsync(1_500);
    expect(snapshots).toHaveBeenCalledTimes(2);
    expect(Socket.last.heard('hello')).toBe(2);
  });

  test('takes a contribution in a welcome for its ack, which was lost on its way', async () => {
    const outcome = live.perform({ action: 'contribute', kind: 'problem', text: 'نص' });
    await vi.waitFor(() => expect(Socket.last.heard('command')).toBe(1));
    const id = Socket.last.sent.find((message) => message.type === 'command')!.id!;
    const own = { id, receipt: 'H2WD-8NRC-4KXM', kind: 'problem', state: 'hidden', text: 'نص' };
    Socket.last.say({ ...welcome, mine: { ...welcome.mine, contributions: [own] } });
    expect(await outcome).toMatchObject({ ok: true, id, receipt: 'H2WD-8NRC-4KXM' });
    expect(live.board.mine.get(id)?.state).toBe('hidden');
    expect(live.outbox.size).toBe(0);
  });

  test('counts the supports that wait as given', async () => {
    const rules = { ...welcome.rules, budget: 2 };
    Socket.last.say({ ...welcome, rules, mine: { ...welcome.mine, supports: [] } });
    expect(live.supportsLeft('problem')).toBe(2);
    await live.send({ action: 'support', contribution: cardId, on: true });
    expect(live.supportsLeft('problem')).toBe(1);
  });
});

describe('who may not come in', () => {
  const refusal = () => Response.json({ code: 'sign_in_required' }, { status: 401 });
  beforeEach(() => {
    live.stop();
    live = new LiveWorkshop('w', 'screen', memoryStore());
    live.start();
  });

  async function comesIn(): Promise<void> {
    Socket.last.onopen?.();
    await vi.waitFor(() => expect(Socket.last.heard('hello')).toBe(1));
    Socket.last.say(welcome);
    expect(live.state).toBe('live');
  }

  test('is told so, though no browser tells why a socket was refused', async () => {
    snapshots.mockImplementation(async () => refusal());
    Socket.last.refuse();
    expect(live.state).toBe('away');
    await vi.waitFor(() => expect(live.state).toBe('refused'));
    const refused = Socket.last;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(Socket.last).toBe(refused);
  });

  test('comes in by themselves once they have signed in or joined', async () => {
    snapshots.mockImplementation(async () => refusal());
    Socket.last.refuse();
    await vi.waitFor(() => expect(live.state).toBe('refused'));
    const refused = Socket.last;
    snapshots.mockImplementation(async () => Response.json(snapshot()));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(Socket.last).not.toBe(refused);
    await comesIn();
  });

  test('comes in also when the first question went unheard', async () => {
    snapshots.mockRejectedValue(new TypeError('no network'));
    Socket.last.end(4501);
    expect(live.state).toBe('refused');
    await vi.advanceTimersByTimeAsync(60_000);
    const refused = Socket.last;
    snapshots.mockImplementation(async () => Response.json(snapshot()));
    await vi.waitFor(() => expect(Socket.last).not.toBe(refused), { interval: 1_000, timeout: 30_000 });
    await comesIn();
  });

  test('asks ever more seldom, at least twice a minute', async () => {
    snapshots.mockImplementation(async () => refusal());
    Socket.last.refuse();
    await vi.waitFor(() => expect(live.state).toBe('refused'));
    snapshots.mockClear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(snapshots).toHaveBeenCalledTimes(5);
    await vi.advanceTimersByTimeAsync(540_000);
    snapshots.mockClear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(snapshots).toHaveBeenCalledTimes(2);
  });

  test('asks nothing while nobody sees the page, and at once when somebody does', async () => {
    snapshots.mockImplementation(async () => refusal());
    Socket.last.refuse();
    await vi.waitFor(() => expect(live.state).toBe('refused'));
    snapshots.mockClear();
    screen.visibilityState = 'hidden';
    screen.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(snapshots).not.toHaveBeenCalled();
    snapshots.mockImplementation(async () => Response.json(snapshot()));
    screen.visibilityState = 'visible';
    screen.dispatchEvent(new Event('visibilitychange'));
    expect(snapshots).toHaveBeenCalledTimes(1);
    const refused = Socket.last;
    await vi.waitFor(() => expect(Socket.last).not.toBe(refused));
    await comesIn();
  });

  test('is shut out until the socket opens too, and tries it no more often than it asks', async () => {
    Socket.last.onopen?.();
    Socket.last.end(4501);
    const tried = new Set<Socket>();
    for (let second = 0; second < 60; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (!tried.has(Socket.last)) Socket.last.refuse();
      tried.add(Socket.last);
      expect(live.state).toBe('refused');
    }
    expect(tried.size).toBe(6);
  });

  test('has a session that ended, or no role, which is not the same; what waits is sent once they are in', async () => {
    live.stop();
    live = new LiveWorkshop('w', 'staff', memoryStore());
    live.start();
    await live.send({ action: 'place', contribution: cardId, theme: null });
    snapshots.mockImplementation(async () => refusal());
    Socket.last.refuse();
    await vi.waitFor(() => expect(live.state).toBe('refused'));
    expect(live.signedOut).toBe(true);
    snapshots.mockImplementation(async () => Response.json({ code: 'forbidden' }, { status: 403 }));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(live.signedOut).toBe(false);
    snapshots.mockImplementation(async () => Response.json(snapshot()));
    await vi.advanceTimersByTimeAsync(4_500);
    Socket.last.onopen?.();
    await vi.waitFor(() => expect(Socket.last.heard('hello')).toBe(1));
    Socket.last.say(welcome);
    expect(live.state).toBe('live');
    expect(Socket.last.heard('command')).toBe(1);
  });

  test('is not taken for refused while the server is away', async () => {
    snapshots.mockRejectedValue(new TypeError('no network'));
    Socket.last.refuse();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(live.state).toBe('away');
  });
});

test('a device without network is away at once, and comes back with it', async () => {
  expect(live.state).toBe('live');
  browser.dispatchEvent(new Event('offline'));
  expect(live.state).toBe('away');
  const before = Socket.last;
  browser.dispatchEvent(new Event('online'));
  expect(Socket.last).not.toBe(before);
  Socket.last.onopen?.();
  await vi.waitFor(() => expect(Socket.last.heard('hello')).toBe(1));
  Socket.last.say(welcome);
  expect(live.state).toBe('live');
});
