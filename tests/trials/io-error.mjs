// io-error: the disk answers writes and syncs with errors for a while (faulty_disk.cpp): full, write error, sync
// error; the server is also killed and started while it does; and reads fail while workshops are loaded.
//
// Right outcome: no false acknowledgement; everybody is told that the room is read-only, commands are rejected with
// `read_only` and kept by the clients; when the disk works again the room is told so and everything is acknowledged,
// once. A workshop that can't be read sends nobody away for good.
import { FaultyServer, fault } from './disk.mjs';
import { comeAndGo, whileUnwritable } from './read-only.mjs';
import { Room } from './room.mjs';

export const summary = 'writes, syncs and reads of the database fail for a while';
export const outcome =
  'no false ack; the room says read-only, keeps what people type, recovers by itself; nobody is sent away for good';

const kinds = { full: fault.full, 'write error': fault.writeError, 'sync error': fault.syncError };

/** Killed while the disk is full, started while it still is: people come back, and what they typed is not lost. */
async function restartOnFullDisk(server, room) {
  await room.acks(100);
  await whileUnwritable(room, {
    take: () => server.disk.set({ fault: fault.full }),
    meanwhile: async () => {
      await server.kill();
      await server.start();
      await room.until(
        () => room.everybody.every(({ state }) => state === 'live'),
        'everybody, on a full disk',
      );
    },
    give: () => server.disk.set({ fault: fault.none }),
  });
}

/** Workshops are loaded as the first comes back; here that fails at first, or most of the time. */
async function unreadable(server, room, kind) {
  await room.settled();
  for (const person of room.everybody) person.drop();
  await server.kill();
  await server.start();
  server.disk.set({ fault: kind, errors: 0 });
  for (const person of room.everybody) person.connect();
  await room.until(() => server.disk.get('errors') > 0, 'a read that fails');
  await new Promise((next) => setTimeout(next, 1_000));
  server.disk.set({ fault: fault.none });
  await room.until(
    () => room.everybody.every(({ state }) => state === 'live'),
    'everybody after the reads failed',
  );
}

export async function run({ seed, progress }) {
  const server = new FaultyServer();
  server.prepareWorkshops(4);
  await server.start();
  const room = new Room(server, { people: 6, seed });
  const said = [];
  try {
    await room.open();
    for (const [name, value] of Object.entries(kinds)) {
      progress(name);
      room.write();
      await room.acks(200);
      const { noticedMs, recoveredMs, kept } = await whileUnwritable(room, {
        take: () => server.disk.set({ fault: value }),
        meanwhile: () => comeAndGo(room),
        give: () => server.disk.set({ fault: fault.none }),
      });
      said.push(
        `${name}: told after ${noticedMs.toFixed(0)} ms, ${kept} kept, writable ${recoveredMs.toFixed(0)} ms after the end`,
      );
    }
    progress('restart on a full disk');
    await restartOnFullDisk(server, room);
    said.push('restarted while full');
    progress('unreadable workshops');
    await unreadable(server, room, fault.readError);
    await unreadable(server, room, fault.someReadErrors);
    said.push('unreadable while loading');
    await room.settled();
    const { verified } = await room.judge();
    return `${said.join('; ')}; ${room.acked} acknowledged: 0 false, 0 lost, 0 doubled; ${verified}`;
  } finally {
    room.leave();
    await server.remove();
  }
}
