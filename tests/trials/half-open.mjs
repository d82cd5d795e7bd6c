// half-open: the peers of many connections vanish without a word (their packets are dropped), as when a hall's network
// loses its power. Needs root.
//
// Right outcome: the server notices within kIdleTime + kWriteTime (protocol/limits.hpp) and frees every one of them.
import { Crowd } from './crowd.mjs';
import { insideNamespace } from './namespace.mjs';
import { Cable, serverAddress } from './netns.mjs';
import { durationMs } from './limits.mjs';
import { TrialServer } from './serving.mjs';

export const summary = 'peers that vanish without a word, between network namespaces (root)';
export const outcome = 'the server notices within kIdleTime + kWriteTime and frees them';

const connections = 300;
const slackMs = 3_000;

export async function inside({ progress }) {
  const cable = new Cable();
  await cable.plug();
  const server = new TrialServer({ prefix: cable.prefix, host: serverAddress });
  server.prepareWorkshops(2);
  await server.start();
  const crowd = new Crowd(() => server.where, server.workshops, 10);
  try {
    const before = server.usage().descriptors;
    await crowd.prepare();
    const refused = await crowd.open(connections);
    if (refused) throw new Error(`${refused} of ${connections} were refused`);
    const open = server.usage().descriptors - before;
    if (open < connections) throw new Error(`${connections} connections hold ${open} descriptors`);
    cable.part();
    const parted = performance.now();
    const limitMs = durationMs('kIdleTime') + durationMs('kWriteTime') + slackMs;
    let held = open;
    let firstMs;
    while (held > 0) {
      const sinceMs = performance.now() - parted;
      if (sinceMs > limitMs)
        throw new Error(`${held} of ${connections} are still held after ${(sinceMs / 1000).toFixed(0)} s`);
      await new Promise((next) => setTimeout(next, 250));
      held = Math.max(0, server.usage().descriptors - before);
      if (held < open) firstMs ??= sinceMs;
      progress(`${held} of ${connections} still held after ${(sinceMs / 1000).toFixed(0)} s`);
    }
    const lastMs = performance.now() - parted;
    return `${connections} vanished; the first was let go after ${(firstMs / 1000).toFixed(1)} s, the last after ${(lastMs / 1000).toFixed(1)} s`;
  } finally {
    crowd.leave();
    await server.remove();
    cable.unplug();
  }
}

export const run = (context) => insideNamespace('half-open', ['-n'], context);
