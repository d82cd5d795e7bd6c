// memory: clients that ask and never read, first where memory suffices, then where the process may have little more
// than it has at rest (prlimit --data: an allocation fails).
//
// Right outcome: what waits for one client stays within kQueueBytes and one answer, so that the resident memory grows
// by no more than that for each, and each is closed within kWriteTime; others go on. With too little memory the
// server lives on, or ends by itself and starts again: nothing acknowledged is lost.
import { execFileSync } from 'node:child_process';
import net from 'node:net';
import { request } from './http.mjs';
import { durationMs } from './limits.mjs';
import { Room } from './room.mjs';
import { TrialServer } from './serving.mjs';
import { frame, upgradeRequest } from './socket.mjs';

export const summary = 'clients that ask and never read; too little memory';
export const outcome =
  'memory bounded for each client, the slow closed; with too little memory nothing acked is lost';

const mebibyte = 1024 * 1024;
const queueBytes = 256 * 1024; // kQueueBytes
const slackBytes = 48 * mebibyte; // of the allocator, and of what the room itself adds
const clients = 20;
const closeSlackMs = 4_000;
const manyContributions = 190; // kContributionsPerParticipant is 200
const longWords = 60; // just under kContributionGraphemes
const capAboveRest = 16 * mebibyte;
const hello = frame(1, Buffer.from('{"type":"hello"}'));
const hellosAtOnce = Buffer.concat(Array.from({ length: 50 }, () => hello));

/** Somebody who wrote as much as anybody may: the answer to his hello is the longest there is. */
async function prolific(room) {
  const person = room.newcomer();
  await person.enter();
  person.connect();
  await room.until(() => person.state === 'live', 'the prolific one');
  for (let i = 0; i < manyContributions; i++)
    person.give({ action: 'contribute', kind: 'solution', text: person.say(longWords) });
  // A new connection has a full bucket of commands.
  while (person.outbox.size > 0) {
    await new Promise((next) => setTimeout(next, 300));
    if (!person.paused) continue;
    person.drop();
    clearTimeout(person.paused);
    person.paused = undefined;
    person.connect();
  }
  return person;
}

/** Says hello as often as the socket takes it and reads nothing. Gives how long it was let live, in ms; Infinity: it was not closed. */
function asksAndNeverReads(where, person) {
  return new Promise((closed) => {
    const began = performance.now();
    const socket = net.connect({ ...where, noDelay: true });
    const forgotten = setTimeout(
      () => {
        closed(Infinity);
        socket.destroy();
      },
      3 * durationMs('kWriteTime'),
    );
    socket.pause();
    socket.on('connect', () => {
      const path = `/live/${person.history.workshop.id}?as=participant`;
      socket.write(upgradeRequest({ ...where, path, cookie: person.cookie }));
      const ask = setInterval(() => {
        if (socket.destroyed) clearInterval(ask);
        else if (!socket.writableNeedDrain) socket.write(hellosAtOnce);
      }, 10);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(forgotten);
      closed(performance.now() - began);
    });
  });
}

async function withEnough({ seed, progress }) {
  const server = new TrialServer();
  server.prepareWorkshops(1);
  await server.start();
  const room = new Room(server, { people: 8, seed, person: { window: 1, paceMs: 200 } });
  try {
    await room.open();
    const person = await prolific(room);
    const path = person.snapshotPath();
    const welcomeBytes =
      (await request(server.where, 'GET', path, { cookie: person.cookie })).text.length * 2;
    room.write();
    await room.acks(50);
    const rest = server.usage().resident;
    let most = rest;
    const bound = clients * (queueBytes + welcomeBytes) + slackBytes;
    const watch = setInterval(() => {
      if (!server.child) return;
      most = Math.max(most, server.usage().resident);
      progress(`${((most - rest) / mebibyte).toFixed(0)} MiB more than at rest`);
      // Far beyond: nothing is gained by filling this machine's memory.
      if (most - rest > 4 * bound) void server.kill();
    }, 50);
    const lives = await Promise.all(
      Array.from({ length: clients }, () => asksAndNeverReads(server.where, person)),
    );
    clearInterval(watch);
    const grown = most - rest;
    const words = `${clients} that never read made it grow by ${(grown / mebibyte).toFixed(0)} MiB`;
    if (grown > bound) throw new Error(`${words}; the bound is ${(bound / mebibyte).toFixed(0)} MiB`);
    const longest = Math.max(...lives);
    if (longest > durationMs('kWriteTime') + closeSlackMs)
      throw new Error(`one that never reads lived ${longest.toFixed(0)} ms`);
    await room.acks(50);
    await room.settled();
    await room.judge();
    return `${words} (bound ${(bound / mebibyte).toFixed(0)}), closed after ${(longest / 1000).toFixed(1)} s`;
  } finally {
    room.leave();
    await server.remove();
  }
}

async function withTooLittle({ seed, progress }) {
  const server = new TrialServer();
  server.prepareWorkshops(1);
  await server.start();
  const room = new Room(server, { people: 8, seed });
  try {
    await room.open();
    const person = await prolific(room);
    room.write();
    await room.acks(50);
    const cap = server.usage().data + capAboveRest;
    execFileSync('prlimit', ['--pid', String(server.pid), `--data=${cap}`]);
    let ended;
    void server.ended.then((how) => (ended = how));
    progress(`at most ${(cap / mebibyte).toFixed(0)} MiB of data`);
    const lives = await Promise.all(
      Array.from({ length: clients }, () => asksAndNeverReads(server.where, person)),
    );
    const stuck = lives.filter((life) => life === Infinity).length;
    let how = 'it lived on';
    if (ended) {
      how = `it ended with ${ended.signal ?? ended.code} (${server.log.trim().split('\n').at(-1).slice(0, 80)})`;
      if (ended.signal && ended.signal !== 'SIGABRT') throw new Error(how);
      await server.start();
    }
    await room.acks(50);
    await room.settled();
    const { verified } = await room.judge();
    if (stuck)
      throw new Error(
        `${how}, but ${stuck} of ${clients} that never read were never closed, and held their memory`,
      );
    return `with ${(capAboveRest / mebibyte).toFixed(0)} MiB more than it needs at rest ${how}; ${room.acked} acknowledged: 0 lost, 0 doubled; ${verified}`;
  } finally {
    room.leave();
    await server.remove();
  }
}

/** Both, even when the first does not end well: they are different questions. */
export async function run(context) {
  const said = [];
  const wrong = [];
  for (const part of [withEnough, withTooLittle])
    await part(context).then(
      (words) => said.push(words),
      (error) => wrong.push(error.message),
    );
  if (wrong.length) throw new Error([...wrong, ...said.map((words) => `right: ${words}`)].join('\n       '));
  return said.join('; ');
}
