// kill: the server is killed (SIGKILL) at random moments, also while it starts, and started again at once.
//
// Right outcome: no acknowledged command is lost, none is doubled, nobody sees a gap or another order, every
// receipt resolves, the hash chain verifies; the first command is acknowledged within 2 s of each restart.
import { between, seeded } from './random.mjs';
import { percentile, Room } from './room.mjs';
import { TrialServer } from './serving.mjs';

export const summary = 'SIGKILL at random moments under load, also while starting';
export const outcome =
  '0 acknowledged commands lost, 0 doubled, 0 gaps; serving again within 2 s of a restart';

const servingMs = 2_000;
/** One kill in this many falls into the start itself, before anything is served. */
const earlyKills = 12;

/** Within a start: anywhere from the first instruction to the first requests. */
async function killWhileStarting(server, chance) {
  const started = server.start().catch(() => undefined);
  await new Promise((next) => setTimeout(next, between(chance, 0, 120)));
  await server.kill();
  await started;
}

async function startAndServe(server, room) {
  const acknowledged = room.acks(1);
  await server.start();
  await Promise.race([
    acknowledged,
    server.ended.then(() =>
      Promise.reject(new Error(`the server ended by itself: ${server.log.slice(-400)}`)),
    ),
    new Promise((_, late) =>
      setTimeout(() => late(new Error(`nothing acknowledged; ${room.describe()}`)), 30_000).unref(),
    ),
  ]);
  return performance.now() - server.startedAt;
}

/** A workshop is read from its journal as the first comes back: the last restarts have the most to read. */
function describe(restarts) {
  const p50 = (list) => percentile(list, 0.5).toFixed(0);
  const last = restarts.slice(-Math.ceil(restarts.length / 10));
  const slow = restarts.filter((ms) => ms > servingMs).length;
  return (
    `restart to first ack p50 ${p50(restarts)} ms, p99 ${percentile(restarts, 0.99).toFixed(0)}, ` +
    `most ${Math.max(...restarts).toFixed(0)} (${slow} over ${servingMs} ms), of the last tenth p50 ${p50(last)}`
  );
}

export async function run({ options, seed, progress }) {
  const kills = options.kills;
  const chance = seeded(seed);
  const server = new TrialServer();
  server.prepareWorkshops(8);
  await server.start();
  const room = new Room(server, { people: 6, seed });
  try {
    await room.open();
    room.write();
    const restarts = [];
    let unacknowledged = 0;
    let early = 0;
    for (let done = 0; done < kills; done++) {
      await room.acks(between(chance, 60, 240));
      await new Promise((next) => setTimeout(next, chance() * 40));
      unacknowledged += room.inFlight;
      await server.kill();
      if (done % earlyKills === earlyKills - 1) {
        await killWhileStarting(server, chance);
        done++;
        early++;
      }
      restarts.push(await startAndServe(server, room));
      progress(`${done + 1} of ${kills} kills, ${room.acked} acknowledged, ${room.faults.total} faults`);
      room.mustBeRight();
    }
    await room.settled();
    const { verified } = await room.judge({ receipts: 1_000 });
    const words =
      `${kills} kills (${early} while starting), ${room.acked} commands acknowledged, ${unacknowledged} were under way at a kill, ` +
      `${room.delivered} events seen: 0 lost, 0 doubled, 0 gaps; ${describe(restarts)}; ${verified}`;
    if (restarts.some((ms) => ms > servingMs)) throw new Error(words);
    return words;
  } finally {
    room.leave();
    await server.remove();
  }
}
