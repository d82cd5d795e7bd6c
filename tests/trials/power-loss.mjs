// power-loss: the power fails at random points of commits, checkpoints and starts. Of everything that was not synced,
// nothing, all, a random part, or a random part with torn writes reaches the disk (faulty_disk.cpp).
//
// Right outcome: no acknowledged command is lost, none is doubled, nobody saw an event that the disk does not hold,
// the chain verifies, the server starts again by itself. And the trial itself is put to the proof: on a disk that
// acknowledges syncs without doing them, acknowledged commands must be seen to be lost.
import { statSync } from 'node:fs';
import { FaultyServer, powerFailed, survivors } from './disk.mjs';
import { reading } from './history.mjs';
import { between, pick, seeded } from './random.mjs';
import { Room } from './room.mjs';

export const summary =
  'power failures at random points of commits and checkpoints, with torn and reordered writes';
export const outcome =
  '0 acknowledged commands lost, 0 doubled, chain whole after every cut; on a disk that lies about syncs, loss is noticed';

const kinds = [
  survivors.none,
  survivors.some,
  survivors.some,
  survivors.someTorn,
  survivors.someTorn,
  survivors.all,
];
/** From here on the writer checkpoints in the first quiet moment (server/store/writer.cpp). */
const checkpointBytes = 1_024 * 4_120;
const quietMs = 60;

async function powerFails(server) {
  const { code, signal } = await server.ended;
  if (code !== powerFailed)
    throw new Error(`the server ended with ${signal ?? code}: ${server.log.slice(-600)}`);
}

const walBytes = (server) => statSync(`${server.database}-wal`, { throwIfNoEntry: false })?.size ?? 0;

/** Cuts the power in the midst of a checkpoint, when there is enough to check point; else of whatever comes next. */
async function cutInCheckpoint(server, room, chance) {
  let failed = false;
  const failing = powerFails(server).finally(() => (failed = true));
  room.rest();
  await room.until(() => failed || room.inFlight === 0, 'a quiet moment');
  server.disk.set({ cutIn: between(chance, 1, 400) });
  await Promise.race([failing, new Promise((next) => setTimeout(next, quietMs))]);
  if (!failed) room.write();
  await failing;
  room.write();
}

async function cut(server, room, chance) {
  server.disk.set({ survivors: pick(chance, kinds), seed: between(chance, 1, 2 ** 31) });
  if (walBytes(server) > checkpointBytes && chance() < 0.7) return cutInCheckpoint(server, room, chance);
  server.disk.set({ cutIn: between(chance, 1, 120) });
  return powerFails(server);
}

/** Also the start may be cut: then it is begun again. */
async function startAgain(server, chance) {
  if (chance() < 0.2) server.disk.set({ cutIn: between(chance, 1, 6) });
  await server.start().catch(async () => {
    await powerFails(server);
    await server.start();
  });
}

async function honestDisk({ options, seed, progress }) {
  const chance = seeded(seed);
  const server = new FaultyServer();
  server.prepareWorkshops(6);
  await server.start();
  const room = new Room(server, { people: 6, seed });
  const sum = { lost: 0, torn: 0, checkpoints: 0 };
  try {
    await room.open();
    room.write();
    for (let done = 0; done < options.cuts; done++) {
      // Every third time long enough that there is something to checkpoint.
      const enough = room.acked + between(chance, 30, 150);
      const goal = done % 3 === 2 ? checkpointBytes : 0;
      let ended = false;
      void server.ended.then(() => (ended = true));
      await room.until(
        () => ended || (room.acked >= enough && walBytes(server) >= goal),
        'acknowledgements',
        60_000,
      );
      await (ended ? powerFails(server) : cut(server, room, chance));
      sum.lost += server.disk.get('lost');
      sum.torn += server.disk.get('torn');
      sum.checkpoints += server.disk.get('place') === 2 ? 1 : 0;
      await startAgain(server, chance);
      progress(
        `${done + 1} of ${options.cuts} cuts, ${room.acked} acknowledged, ${room.faults.total} faults`,
      );
      room.mustBeRight();
    }
    server.disk.set({ cutIn: 0 });
    // It may have failed a moment before, which nobody has noticed yet.
    await Promise.race([server.ended, room.acks(1)]);
    if (server.child.exitCode !== null) await server.start();
    await room.settled();
    const { verified } = await room.judge();
    return (
      `${options.cuts} power failures (${sum.checkpoints} in a checkpoint), ${sum.lost} unsynced writes lost and ${sum.torn} torn, ` +
      `${room.acked} commands acknowledged: 0 lost, 0 doubled; ${verified}`
    );
  } finally {
    room.leave();
    await server.remove();
  }
}

/** The proof that loss would be noticed. */
async function lyingDisk({ seed }) {
  const server = new FaultyServer();
  server.prepareWorkshops(2);
  server.disk.set({ lies: 1, survivors: survivors.none, seed });
  await server.start();
  const room = new Room(server, { people: 6, seed });
  try {
    await room.open();
    room.write();
    await room.acks(200);
    server.disk.set({ cutIn: 1 });
    await powerFails(server);
    room.leave();
    reading(server.database, (database) => room.histories.forEach((history) => history.judge(database)));
    const lost = room.faults.count('lost');
    if (lost === 0) throw new Error('a disk that lies lost nothing: this trial can see no loss');
    return `on a disk that lies ${lost} of ${room.acked} were seen to be lost, as they must`;
  } finally {
    room.leave();
    await server.remove();
  }
}

export async function run(context) {
  const honest = await honestDisk(context);
  return `${honest}; ${await lyingDisk(context)}`;
}
