// netem: the server in a network namespace of its own; the packets of the cable to it are lost (5 % each way) and, where
// the kernel has netem, delayed; then nothing crosses for a while. Needs root.
//
// Right outcome: no acknowledged command is lost, none is doubled, nobody has a gap; everybody is current again after.
import { insideNamespace } from './namespace.mjs';
import { Cable, serverAddress } from './netns.mjs';
import { Room } from './room.mjs';
import { TrialServer } from './serving.mjs';

export const summary = 'lost packets and a partition between network namespaces (tc netem or nftables; root)';
export const outcome = '0 lost, 0 doubled, 0 gaps; everybody is current again after';

const lossMs = 12_000;
/** TCP waits longer after each loss in a row: up to half a minute after a partition of 20 s. */
const currentMs = 60_000;
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

export async function inside({ options, seed, progress }) {
  const cable = new Cable();
  await cable.plug();
  const server = new TrialServer({ prefix: cable.prefix, host: serverAddress });
  server.prepareWorkshops(2);
  await server.start();
  const room = new Room(server, { people: 10, seed, person: { comeBackMs: () => 200 } });
  try {
    await room.open();
    room.write();
    await room.acks(100);
    const how = cable.worsen();
    progress(how);
    const lossy = await room.delays(lossMs);
    progress(`a partition of ${options.partition} s`);
    cable.part();
    await pause(options.partition * 1_000);
    cable.mend();
    const mended = performance.now();
    await room.settled(currentMs);
    const currentAfterMs = performance.now() - mended;
    const { verified } = await room.judge();
    return (
      `${how}: ${lossy.count} acknowledged, p50 ${lossy.p50.toFixed(0)} p99 ${lossy.p99.toFixed(0)} ms; a partition of ` +
      `${options.partition} s, all current ${(currentAfterMs / 1000).toFixed(1)} s after; ${room.acked} acknowledged: ` +
      `0 lost, 0 doubled, 0 gaps; ${verified}`
    );
  } finally {
    room.leave();
    await server.remove();
    cable.unplug();
  }
}

export const run = (context) => insideNamespace('netem', ['-n'], context);
