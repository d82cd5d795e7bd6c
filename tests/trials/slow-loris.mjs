// slow-loris: hundreds of connections that do everything as slowly as they can, beside a room that works: a header
// or a body byte by byte, an answer that nobody takes, a live socket that never says hello, a connection that says
// nothing.
//
// Right outcome: each slow connection is ended at the limit that is named for it (protocol/limits.hpp); others are
// served meanwhile, no slower than before; and whoever is only slow, a phone on a bad network that takes a large answer
// for longer than that limit but never pauses, gets all of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { request } from './http.mjs';
import { durationMs } from './limits.mjs';
import { percentile, Room } from './room.mjs';
import { TrialServer } from './serving.mjs';
import { upgradeRequest } from './socket.mjs';

export const summary = 'hundreds of connections that send or take a byte a second, or nothing';
export const outcome =
  'the slow ones are closed at the named limits; one that is only slow gets all; others are served as before';

const slackMs = 2_500;
/** After the server has begun to close: it waits that long for the peer's half (server/net/live_socket.cpp). */
const closeMs = 3_000;
const dripMs = 1_000;
const watchMs = 8_000;
/** Answers asked for at once by one that takes none of them: more than the kernel's buffers of both sides hold. */
const pipelined = 4_000;

const largeBytes = 6 << 20;
const takeMs = 100;

/** Takes an answer evenly, so that all of it lasts `overMs`; gives how much came in which time. */
function takeEvenly(where, path, overMs) {
  return new Promise((ended) => {
    const began = performance.now();
    const socket = net.connect(where);
    let taken = 0;
    const timer = setInterval(() => {
      const most = Math.ceil((largeBytes / overMs) * takeMs);
      taken += (socket.read(Math.min(most, socket.readableLength)) ?? '').length;
    }, takeMs);
    const end = () => {
      clearInterval(timer);
      socket.destroy();
      ended({ taken, ms: performance.now() - began });
    };
    socket.on('connect', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${where.host}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('readable', () => {}); // paused: only the timer takes
    socket.on('error', end);
    socket.on('end', end);
  });
}

/** A page of its own, beside a file that no buffer of a kernel holds. */
function clientWithLargeFile(folder) {
  const client = join(folder, 'large');
  mkdirSync(join(client, 'assets'), { recursive: true });
  writeFileSync(join(client, 'index.html'), '<!doctype html><title>warsha</title>');
  writeFileSync(join(client, 'assets/large.js'), 'x'.repeat(largeBytes));
  return client;
}

/** A connection that begins with `first`, then drips `drip` a byte a second; gives how long it was let live. */
function slow(where, first, drip, settings = {}) {
  return new Promise((closed) => {
    const began = performance.now();
    const socket = net.connect(where);
    let at = 0;
    const timer = setInterval(() => drip && socket.write(drip[at++ % drip.length]), dripMs);
    let said = '';
    const end = () => {
      clearInterval(timer);
      socket.destroy();
      closed({ ms: performance.now() - began, said });
    };
    socket.on('connect', () => socket.write(first));
    if (settings.neverReads) socket.pause();
    else socket.on('data', (data) => (said = (said + data.toString('latin1')).slice(-200)));
    socket.on('error', end);
    socket.on('end', end);
    socket.on('close', end);
    if (settings.neverReads) {
      // Without reading, the end shows only in writing: the connection is reset.
      const probe = setInterval(
        () => (socket.destroyed ? clearInterval(probe) : socket.write('\r\n')),
        dripMs,
      );
    }
  });
}

function kinds(where, cookie, workshop) {
  const host = `Host: ${where.host}\r\n`;
  const requestMs = durationMs('kRequestTime');
  const post = `POST /api/join HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n`;
  const snapshot = `GET /api/workshops/${workshop.id}/snapshot HTTP/1.1\r\n${host}Cookie: ${cookie}\r\n\r\n`;
  const upgrade = upgradeRequest({ ...where, path: `/live/${workshop.id}?as=participant`, cookie });
  return [
    {
      name: 'header',
      count: 150,
      limitMs: requestMs,
      make: () => slow(where, 'GET /health HTTP/1.1\r\nX-Slow: ', 'a'),
    },
    { name: 'body', count: 150, limitMs: requestMs, make: () => slow(where, post, '{') },
    { name: 'nothing', count: 100, limitMs: requestMs, make: () => slow(where, '', null) },
    {
      name: 'no hello',
      count: 150,
      limitMs: durationMs('kHelloTime') + closeMs,
      make: () => slow(where, upgrade, null),
    },
    {
      name: 'takes no answer',
      count: 20,
      limitMs: requestMs,
      make: () => slow(where, snapshot.repeat(pipelined), null, { neverReads: true }),
    },
  ];
}

/** Others meanwhile, on connections of their own. */
async function askHealth(where, forMs) {
  const delays = [];
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    const began = performance.now();
    const answer = await request(where, 'GET', '/health');
    if (answer.status !== 200) throw new Error(`/health answered ${answer.status}`);
    delays.push(performance.now() - began);
    await new Promise((next) => setTimeout(next, 40));
  }
  return delays;
}

function judge(before, during, health, lives) {
  for (const { name, limitMs, shortest, longest } of lives)
    if (longest > limitMs + slackMs || shortest < limitMs / 2)
      throw new Error(
        `"${name}" lived ${shortest.toFixed(0)} to ${longest.toFixed(0)} ms, its limit is ${limitMs} ms`,
      );
  // On a machine that does other things as well; a server that waits for the slow would be slower by seconds.
  if (during.p50 > before.p50 * 2 + 5 || during.p99 > before.p99 * 3 + 50)
    throw new Error(
      `acks took p50 ${during.p50.toFixed(1)} p99 ${during.p99.toFixed(1)} ms, before ${before.p50.toFixed(1)} and ${before.p99.toFixed(1)}`,
    );
  const slowest = percentile(health, 0.99);
  if (slowest > 250) throw new Error(`/health took p99 ${slowest.toFixed(0)} ms`);
}

export async function run({ seed, progress }) {
  const server = new TrialServer();
  server.prepareWorkshops(2);
  const client = clientWithLargeFile(server.folder);
  server.client = () => client;
  await server.start();
  const room = new Room(server, { people: 8, seed, person: { window: 1, paceMs: 250 } });
  try {
    await room.open();
    room.write();
    await room.acks(100);
    const before = await room.delays(watchMs / 2);
    progress('the slow ones come');
    const [person] = room.people;
    const lives = Promise.all(
      kinds(server.where, person.cookie, server.workshops[0]).map(async ({ name, count, limitMs, make }) => {
        const ended = await Promise.all(Array.from({ length: count }, make));
        const times = ended.map(({ ms }) => ms);
        progress(`all ${count} of "${name}" are closed`);
        return { name, count, limitMs, shortest: Math.min(...times), longest: Math.max(...times) };
      }),
    );
    const steady = takeEvenly(server.where, '/assets/large.js', durationMs('kRequestTime') * 1.4);
    const [during, health] = await Promise.all([room.delays(watchMs), askHealth(server.where, watchMs)]);
    const lived = await lives;
    const { taken, ms } = await steady;
    if (taken < largeBytes)
      throw new Error(`who took an answer evenly got ${taken} bytes of it, and was closed after ${ms.toFixed(0)} ms`);
    judge(before, during, health, lived);
    await room.settled();
    const { verified } = await room.judge();
    const words = lived.map(({ name, count, shortest, longest }) => {
      return `${count} "${name}" closed after ${(shortest / 1000).toFixed(1)} to ${(longest / 1000).toFixed(1)} s`;
    });
    return (
      `${words.join(', ')}; one that took an answer evenly got all of it in ${(ms / 1000).toFixed(1)} s; acks p50 ${during.p50.toFixed(1)} p99 ${during.p99.toFixed(1)} ms ` +
      `(before: ${before.p50.toFixed(1)}, ${before.p99.toFixed(1)}), /health p99 ${percentile(health, 0.99).toFixed(1)} ms; ${verified}`
    );
  } finally {
    room.leave();
    await server.remove();
  }
}
