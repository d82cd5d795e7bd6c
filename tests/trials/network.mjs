// network: a bad network between the room and the server (proxy.mjs): 200 ms give or take 100 each way, one piece of
// data in twenty waiting for a retransmission, connections cut in the midst of a frame, and a partition.
//
// Right outcome: no acknowledged command is lost, none is doubled, nobody has a gap; everybody is current again a few
// seconds after the network is well.
import { Proxy } from './proxy.mjs';
import { seeded } from './random.mjs';
import { Room } from './room.mjs';
import { TrialServer } from './serving.mjs';

export const summary = 'delay, stalls, connections cut in mid-frame, a partition (a proxy; no root)';
export const outcome = '0 lost, 0 doubled, 0 gaps; everybody is current again after the network is well';

const phaseMs = 8_000;
/** Long, since machines that run trials are busy; how long it took is told. */
const currentMs = 60_000;
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

export async function run({ options, seed, progress }) {
  const server = new TrialServer();
  server.prepareWorkshops(2);
  await server.start();
  const proxy = new Proxy(() => server.where, seeded(seed));
  await proxy.listen();
  const where = () => ({ host: '127.0.0.1', port: proxy.port });
  const room = new Room(server, { people: 10, seed, where, person: { comeBackMs: () => 200 } });
  try {
    await room.open();
    room.write();
    await room.acks(100);
    Object.assign(proxy, { delayMs: 200, jitterMs: 100, stalls: 0.05 });
    progress('delay and stalls');
    const far = await room.delays(phaseMs);
    proxy.cuts = 0.01;
    progress('cuts');
    await pause(phaseMs);
    proxy.cuts = 0;
    const before = room.acked;
    progress(`a partition of ${options.partition} s`);
    proxy.part();
    await pause(options.partition * 1_000);
    const during = room.acked - before;
    proxy.heal();
    const healed = performance.now();
    await room.acks(1);
    Object.assign(proxy, { delayMs: 0, jitterMs: 0, stalls: 0 });
    await room.settled(currentMs);
    const currentAfterMs = performance.now() - healed;
    const { verified } = await room.judge();
    const { connections, cuts, stalls } = proxy.made;
    return (
      `delay of 200 ± 100 ms each way (acks p50 ${far.p50.toFixed(0)} ms), ${stalls} stalls, ${cuts} connections cut in mid-frame, ` +
      `${connections} connections, a partition of ${options.partition} s (${during} acks in its first moment): all current ` +
      `${(currentAfterMs / 1000).toFixed(1)} s after; ${room.acked} acknowledged: 0 lost, 0 doubled, 0 gaps; ${verified}`
    );
  } finally {
    room.leave();
    proxy.close();
    await server.remove();
  }
}
