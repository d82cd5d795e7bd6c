// descriptors: the server may have few file descriptors, and more people come than that.
//
// Right outcome: who is connected keeps working; others wait or are refused, and get in as soon as some leave; the
// server neither ends nor spins meanwhile; nothing acknowledged is lost.
import { Crowd } from './crowd.mjs';
import { Room } from './room.mjs';
import { TrialServer } from './serving.mjs';

export const summary = 'more connections than the server may have file descriptors';
export const outcome =
  'the connected keep working, others get in when some leave, no spinning, no end, nothing lost';

const descriptors = 160;
const crowdMost = 200;
const leaving = 40;
/** Of one core while nothing happens but refusing. */
const idleCpuMost = 0.25;
const idleWatchMs = 3_000;
const getInMs = 20_000;
/** Whoever waits outside does so until the others have been watched, on a busy machine too. */
const outsideMs = 120_000;

async function idleCpu(server) {
  const before = server.usage().cpuMs;
  await new Promise((next) => setTimeout(next, idleWatchMs));
  return (server.usage().cpuMs - before) / idleWatchMs;
}

export async function run({ seed, progress }) {
  const server = new TrialServer({ prefix: ['prlimit', `--nofile=${descriptors}:${descriptors}`, '--'] });
  server.prepareWorkshops(2);
  await server.start();
  const room = new Room(server, { people: 6, seed });
  const crowd = new Crowd(() => server.where, server.workshops, 4, outsideMs);
  try {
    await room.open();
    await crowd.prepare();
    room.write();
    void crowd.open(crowdMost);
    await room.until(() => server.usage().descriptors >= descriptors - 1, 'the descriptors to be exhausted');
    progress(`${crowd.live} of ${crowdMost} got in`);
    await room.acks(300);
    const inside = crowd.live;
    await room.until(() => room.inFlight === 0 || room.rest(), 'the room to rest');
    const spinning = await idleCpu(server);
    if (spinning > idleCpuMost)
      throw new Error(`it uses ${(spinning * 100).toFixed(0)} % of a core to refuse`);
    const outside = crowd.members.filter(({ state }) => state === 'coming').length;
    if (outside < leaving) throw new Error(`only ${outside} wait outside; ${inside} got in`);
    room.write();
    for (const member of crowd.members.filter(({ state }) => state === 'live').slice(0, leaving)) {
      member.socket.drop();
      member.state = 'gone';
    }
    const began = performance.now();
    await room.until(() => crowd.live >= inside - 2, 'others to get in when some left', getInMs);
    const gotInMs = performance.now() - began;
    await room.acks(100);
    crowd.leave();
    await room.settled();
    const { verified } = await room.judge();
    return (
      `${inside} of ${crowdMost} got in with ${descriptors} descriptors, the room of ${room.everybody.length} went on, ` +
      `${(spinning * 100).toFixed(1)} % of a core while ${outside} waited, ${leaving} left and others were in after ` +
      `${gotInMs.toFixed(0)} ms; ${room.acked} acknowledged: 0 lost, 0 doubled; ${verified}`
    );
  } finally {
    crowd.leave();
    room.leave();
    await server.remove();
  }
}
