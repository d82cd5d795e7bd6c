import { temporaryCodes } from '$lib/generated/codes';
import type { ServerMessage, Welcome } from '$lib/generated/protocol';
import { uuidv7 } from '$lib/uuid';

/** kept: on disk, and shown to whoever of the staff is there; else the code that says why not. */
export type Told = { kept: true } | { kept: false; code: string };

const patienceMs = 10_000;
/** Rooms told at a time: thirty sockets at once would be no quicker. */
const atOnce = 6;

/** What is said; `answers`: the seq of the note that it answers. */
export interface Words {
  text: string;
  answers?: number;
}

export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}
export type OpenSocket = (path: string) => Socket;

const browserSocket: OpenSocket = (path) => {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new WebSocket(`${scheme}://${location.host}${path}`, 'warsha.live.v1') as unknown as Socket;
};

type Command = Record<string, unknown> & { id: string; action: string };

/**
 * Sends these commands to one workshop, one after the other, through a connection of its own that ends with the last
 * answer. The same `id` again has no second effect, so what had no answer may be sent again. `objection`: why nothing is
 * sent, as the workshop stands when it is reached.
 */
export function perform(
  workshop: string,
  commands: readonly Command[],
  objection: (welcome: Welcome) => string | null = () => null,
  open = browserSocket,
): Promise<Told> {
  return new Promise((resolve) => {
    const left = [...commands];
    const socket = open(`/live/${workshop}?as=staff`);
    const end = (told: Told) => {
      clearTimeout(alarm);
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      resolve(told);
    };
    const alarm = setTimeout(() => end({ kept: false, code: 'network' }), patienceMs);
    const next = () => {
      if (left[0]) socket.send(JSON.stringify({ type: 'command', ...left[0] }));
      else end({ kept: true });
    };
    // Without a resume point: the board is of no interest here.
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', client: 'web' }));
    socket.onclose = () => end({ kept: false, code: 'network' });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data) as ServerMessage;
      if (message.type === 'welcome') {
        const code = objection(message);
        if (code === null) next();
        else end({ kept: false, code });
      } else if (message.type === 'ack' && message.id === left[0]?.id) {
        left.shift();
        next();
      } else if (message.type === 'reject' && message.id === left[0]?.id)
        end({ kept: false, code: temporaryCodes.has(message.code) ? 'busy' : message.code });
    };
  });
}

/** Says something to the staff of one workshop. */
export const tell = (workshop: string, words: Words, id: string, open = browserSocket): Promise<Told> =>
  perform(workshop, [{ id, action: 'staff.note', ...words }], undefined, open);

/** One message on its way to several workshops. */
export interface Delivery {
  id: string;
  workshop: string;
}
export const deliveriesTo = (workshops: string[]): Delivery[] =>
  workshops.map((workshop) => ({ id: uuidv7(), workshop }));

/** Tells all of them, some at a time; `told` is called for each as its answer comes. */
export async function tellAll(
  deliveries: Delivery[],
  words: Words,
  told: (delivery: Delivery, how: Told) => void,
  open = browserSocket,
): Promise<void> {
  await inTurns(deliveries, async (next) => told(next, await tell(next.workshop, words, next.id, open)));
}

/** Does it with all of them, so many at a time. */
export async function inTurns<Thing>(
  things: readonly Thing[],
  act: (thing: Thing) => Promise<void>,
): Promise<void> {
  const left = [...things];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker));
}
