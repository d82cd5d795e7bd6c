import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  deliveriesTo,
  tell,
  tellAll,
  type Socket,
} from '../../../../../client-web/src/console/overview/tell';

class FakeSocket implements Socket {
  static opened: FakeSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: { type: string; [member: string]: unknown }[] = [];
  closed = false;
  constructor(readonly path: string) {
    FakeSocket.opened.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  says(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  /** As far as the command. */
  welcomes(): void {
    this.onopen?.();
    this.says({ type: 'welcome' });
    this.says({ type: 'resync' });
  }
}
const open = (path: string) => new FakeSocket(path);

beforeEach(() => {
  FakeSocket.opened = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('a message goes to the staff of the workshop after the welcome, without the board', async () => {
  const told = tell('w1', { text: 'ten minutes left' }, 'id-1', open);
  const [socket] = FakeSocket.opened;
  socket!.welcomes();
  expect(socket!.path).toBe('/live/w1?as=staff');
  expect(socket!.sent).toEqual([
    { type: 'hello', client: 'web' },
    { type: 'command', id: 'id-1', action: 'staff.note', text: 'ten minutes left' },
  ]);
  socket!.says({ type: 'ack', id: 'another', seq: 3 });
  socket!.says({ type: 'ack', id: 'id-1', seq: 4 });
  expect(await told).toEqual({ kept: true });
  expect(socket!.closed).toBe(true);
});

test('it has not arrived when the socket closes, nobody answers, or the server says no', async () => {
  const lost = tell('w1', { text: 'x' }, 'id-1', open);
  FakeSocket.opened[0]!.onclose?.();
  expect(await lost).toEqual({ kept: false, code: 'network' });

  const silent = tell('w1', { text: 'x' }, 'id-1', open);
  FakeSocket.opened[1]!.welcomes();
  vi.advanceTimersByTime(10_000);
  expect(await silent).toEqual({ kept: false, code: 'network' });

  const refused = tell('w1', { text: 'x' }, 'id-1', open);
  FakeSocket.opened[2]!.welcomes();
  FakeSocket.opened[2]!.says({ type: 'reject', id: 'id-1', code: 'not_permitted' });
  expect(await refused).toEqual({ kept: false, code: 'not_permitted' });
});

test('all are told, a few at a time, and each says how it went', async () => {
  const deliveries = deliveriesTo(Array.from({ length: 9 }, (_, n) => `w${n}`));
  expect(new Set(deliveries.map(({ id }) => id)).size).toBe(9);
  const told: [string, boolean][] = [];
  const all = tellAll(deliveries, { text: 'x' }, ({ workshop }, how) => told.push([workshop, how.kept]), open);
  let most = 0;
  for (let n = 0; n < 9; n++) {
    most = Math.max(most, FakeSocket.opened.filter(({ closed }) => !closed).length);
    const socket = FakeSocket.opened[n]!;
    if (n === 4) socket.onclose?.();
    else {
      socket.welcomes();
      socket.says({ type: 'ack', id: deliveries[n]!.id, seq: 1 });
    }
    await vi.advanceTimersByTimeAsync(0);
  }
  await all;
  expect(most).toBe(6);
  expect(told).toHaveLength(9);
  expect(told.filter(([, kept]) => !kept)).toEqual([['w4', false]]);
});
