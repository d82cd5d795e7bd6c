// disk-full: the database stands on a small tmpfs that another file fills, and leaves again. Needs root.
//
// Right outcome: no false acknowledgement; everybody is told that the room is read-only and keeps what he wrote; when
// there is space again the room says so by itself and everything is acknowledged, once. A server that is killed while
// the disk is full starts again, then or when there is space.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insideNamespace, Skipped } from './namespace.mjs';
import { whileUnwritable } from './read-only.mjs';
import { Room } from './room.mjs';
import { TrialServer } from './serving.mjs';

export const summary = 'the file system of the database is full for a while (tmpfs; root)';
export const outcome =
  'no false ack; the room says read-only, keeps what people type, recovers by itself when space returns';

const diskBytes = 64 * 1024 * 1024; // the log alone may take 32 MiB before it begins anew

/** Takes all the space there is; gives the file that holds it. */
function fill(folder) {
  const file = join(folder, 'filler');
  const descriptor = openSync(file, 'w');
  for (let size = 1 << 20; size >= 1; size >>= 1) {
    const bytes = Buffer.alloc(size);
    try {
      while (writeSync(descriptor, bytes) === size);
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
  }
  closeSync(descriptor);
  return file;
}

/** Starts; on a full disk the server may also say why not, and end. */
async function startWhileFull(server, room) {
  await server.kill();
  try {
    await server.start();
    return 'started while full';
  } catch (error) {
    if (!/full|disk|space|I\/O/.test(error.message)) throw error;
    room.everybody.forEach((person) => (person.readOnly = true));
    return `did not start while full (${error.message.split('\n').at(-1).slice(0, 120)})`;
  }
}

export async function inside({ seed, progress }) {
  const folder = mkdtempSync(join(tmpdir(), 'warsha-full-'));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'none', disk], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw new Skipped(
      `this machine lets nobody mount a tmpfs: ${String(error.stderr ?? error.message).trim()}`,
    );
  }
  const server = new TrialServer({ database: join(disk, 'warsha.db') });
  server.prepareWorkshops(3);
  await server.start();
  const room = new Room(server, { people: 6, seed });
  const said = [];
  try {
    await room.open();
    for (let round = 0; round < 3; round++) {
      room.write();
      await room.acks(150);
      progress(`round ${round + 1}: ${room.describe()}`);
      let filler;
      let restarted;
      const { noticedMs, recoveredMs, kept } = await whileUnwritable(room, {
        // A few small commits may still find a place in blocks that the log already has: true acks.
        strict: false,
        // And as fast as people may write, they fill those only in a while.
        patienceMs: 90_000,
        take: () => (filler = fill(disk)),
        meanwhile: async () => {
          if (round === 2) restarted = await startWhileFull(server, room);
        },
        give: async () => {
          rmSync(filler);
          if (server.child.exitCode !== null) await server.start();
        },
      });
      said.push(
        `told after ${noticedMs.toFixed(0)} ms, ${kept} kept, writable ${recoveredMs.toFixed(0)} ms after there was space` +
          (restarted ? `, ${restarted}` : ''),
      );
    }
    await room.settled();
    const { verified } = await room.judge();
    return `${said.join('; ')}; ${room.acked} acknowledged: 0 false, 0 lost, 0 doubled; ${verified}`;
  } finally {
    room.leave();
    await server.remove();
    execFileSync('umount', [disk]);
    rmSync(folder, { recursive: true });
  }
}

export const run = (context) => insideNamespace('disk-full', ['-m'], context);
