// drain: SIGTERM with thousands of connections open (as many as asked for and descriptors allow) while a room writes.
//
// Right outcome: everybody gets `bye` with a jittered time to come back and the close code 1012; the process exits by
// itself with status 0 in under 5 s; no acknowledged command is lost; started again, everybody is back.
import { execFileSync } from 'node:child_process';
import { Crowd } from './crowd.mjs';
import { percentile, Room } from './room.mjs';
import { TrialServer } from './serving.mjs';

export const summary =
  'SIGTERM with thousands of connections while a room writes, then a start and the return of all';
export const outcome =
  'no acked loss, everybody gets bye and 1012 with jitter, exit in under 5 s, all come back';

const exitMs = 5_000;
const backMs = 30_000;
/** For files, pipes and the writing room, on either side. */
const otherDescriptors = 500;
/** A spread of times to come back that is no spread would bring all back at once. */
const leastSpreadMs = 2_000;

function connectionsPossible(wanted) {
  const most = Number(execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' })) || Infinity;
  return Math.min(wanted, most - otherDescriptors);
}

function judgeGoodbyes(members) {
  const told = members.filter(({ bye, end }) => bye !== null && end?.code === 1012);
  if (told.length !== members.length) {
    const other = members.find(({ bye, end }) => bye === null || end?.code !== 1012);
    const how = JSON.stringify({ bye: other.bye, ...other.end });
    throw new Error(`${told.length} of ${members.length} got bye and 1012; another: ${how}`);
  }
  const waits = members.map(({ bye }) => bye);
  const spread = percentile(waits, 0.95) - percentile(waits, 0.05);
  if (spread < leastSpreadMs) throw new Error(`the times to come back spread over ${spread} ms only`);
  return waits;
}

/** Everybody comes back when he was told to. */
async function comeBack(server, room, crowd, waits) {
  const began = performance.now();
  await Promise.all(
    crowd.members.map(async (member, i) => {
      await new Promise((next) => setTimeout(next, waits[i]));
      while (member.state !== 'live' && performance.now() - began < backMs) await crowd.connect(member);
    }),
  );
  if (crowd.live !== crowd.members.length)
    throw new Error(`${crowd.live} of ${crowd.members.length} are back after ${backMs / 1000} s`);
  const tookMs = performance.now() - began;
  await room.settled();
  return tookMs;
}

export async function run({ options, seed, progress }) {
  const connections = connectionsPossible(options.connections);
  const server = new TrialServer();
  const workshops = server.prepareWorkshops(9);
  await server.start();
  server.workshops = workshops.slice(0, 1);
  const room = new Room(server, { people: 12, seed, person: { comeBackMs: () => 200 } });
  const crowd = new Crowd(() => server.where, workshops.slice(1));
  try {
    await room.open();
    await crowd.prepare();
    const refused = await crowd.open(connections, progress);
    if (refused) throw new Error(`${refused} of ${connections} connections could not be opened`);
    room.write();
    await room.acks(100);
    const began = performance.now();
    const exit = await server.end('SIGTERM');
    const tookMs = performance.now() - began;
    progress(`ended after ${tookMs.toFixed(0)} ms`);
    if (exit !== 0) throw new Error(`it ended with status ${exit}: ${server.log.slice(-300)}`);
    await room.until(() => crowd.live === 0, 'the crowd to notice');
    const waits = judgeGoodbyes(crowd.members);
    if (tookMs > exitMs) throw new Error(`it took ${tookMs.toFixed(0)} ms to end`);
    await server.start();
    const backAfterMs = await comeBack(server, room, crowd, waits);
    crowd.leave();
    const { verified } = await room.judge();
    return (
      `${connections} connections: exit after ${tookMs.toFixed(0)} ms, all got bye (${Math.min(...waits)} to ${Math.max(...waits)} ms, ` +
      `p50 ${percentile(waits, 0.5)}) and 1012, all back ${(backAfterMs / 1000).toFixed(1)} s after the start; ` +
      `${room.acked} acknowledged: 0 lost, 0 doubled; ${verified}`
    );
  } finally {
    crowd.leave();
    room.leave();
    await server.remove();
  }
}
