// clock: the server's wall clock jumps while people work (shifted_clock.cpp): an hour ahead, an hour back, a year
// ahead and back, beyond the life of passes and back; the server is also restarted while it is wrong.
//
// Right outcome: commands are acknowledged all the time and the sequence goes on; ticks keep coming and tell the new
// time; passes and sessions last as long as the server's clock says and no longer; a limit that was reached under one
// time does not shut anybody out for hours under another; the chain verifies.
import { writeFileSync, writeSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { password } from '../support/server.mjs';
import { preload } from './disk.mjs';
import { request } from './http.mjs';
import { durationMs } from './limits.mjs';
import { Room } from './room.mjs';
import { TrialServer } from './serving.mjs';

export const summary = 'the wall clock jumps: an hour ahead and back, a year, beyond the life of passes';
export const outcome =
  'no disorder, no stuck timer, the sequence goes on; passes and sessions end when the clock says so';

const hour = 3_600_000;
const year = 365 * 24 * hour;
const passLife = 400 * 24 * hour; // kPassTime
const sessionLife = 12 * hour; // kStaffSessionTime
const jumps = [
  ['an hour ahead', hour],
  ['back', 0],
  ['an hour back', -hour],
  ['right again', 0],
  ['a year ahead', year],
  ['back', 0],
];
/** Long, since machines that run trials are busy; whoever waits for the clock waits for an hour. */
const acksMs = 20_000;

class Clock {
  constructor(server) {
    const file = join(server.folder, 'clock');
    writeFileSync(file, Buffer.alloc(4_096));
    this.descriptor = openSync(file, 'r+');
    server.settings.env = { LD_PRELOAD: preload('warsha_shifted_clock'), WARSHA_SHIFTED_CLOCK: file };
  }

  shift(ms) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(ms));
    writeSync(this.descriptor, bytes, 0, 8, 0);
  }

  close() {
    closeSync(this.descriptor);
  }
}

function check(condition, words) {
  if (!condition) throw new Error(words);
}

/** Commands go through after a jump, at once. */
async function goesOn(room, what) {
  const went = await Promise.race([
    room.acks(80).then(() => true),
    new Promise((next) => setTimeout(() => next(false), acksMs)),
  ]);
  check(
    went,
    `80 commands were not acknowledged in ${acksMs / 1000} s after the clock went ${what}; ${room.describe()}`,
  );
}

/** The next tick comes in its time and tells the time that the server believes. */
async function tickTells(room, shift) {
  const [person] = room.people;
  const before = person.ticks;
  await room.until(() => person.ticks > before, 'a tick', durationMs('kTickInterval') + 10_000);
  const off = person.lastTick - (Date.now() + shift);
  check(Math.abs(off) < 5_000, `a tick is ${off} ms away from the server's clock`);
}

async function passesAndSessions(room, clock) {
  const [person] = room.people;
  const [staff] = room.staff;
  const entered = async ({ cookie }) =>
    (await request(room.where(), 'GET', person.snapshotPath(), { cookie })).status;
  // Live sockets of staff are asked for their session now and then (kRightsInterval), and it ends meanwhile.
  for (const member of room.staff) member.drop();
  check((await entered(person)) === 200 && (await entered(staff)) === 200, 'who is in is not let in');
  clock.shift(sessionLife + hour);
  check((await entered(staff)) !== 200, 'a session outlives its 12 hours');
  check((await entered(person)) === 200, 'a pass ends with the session of staff');
  clock.shift(0);
  check((await entered(staff)) === 200, 'a session does not count when the clock is right again');
  clock.shift(sessionLife + hour);
  const again = await request(room.where(), 'POST', '/api/session', {
    body: { email: 'facilitator@example.org', password },
  });
  check(again.status === 201, `nobody can sign in when the clock is ahead: ${again.status}`);
  clock.shift(passLife + hour);
  check((await entered(person)) !== 200, 'a pass outlives its 400 days');
  clock.shift(0);
  check((await entered(person)) === 200, 'a pass does not count when the clock is right again');
  check((await entered({ cookie: again.cookie })) === 200, 'a session of the future does not count');
  // Signing in swept away the sessions that were over under that clock: staff sign in again.
  for (const member of room.staff) {
    member.cookie = again.cookie;
    member.connect();
  }
}

/** Guessing wears out the patience of one time; the other must not wait for hours. */
async function limitsRecover(room, clock) {
  const code = room.histories[0].workshop.join_code;
  const ask = (wanted) => request(room.where(), 'GET', `/api/join/${wanted}`);
  clock.shift(hour);
  let answer;
  for (let i = 0; i < 100 && answer?.status !== 429; i++) answer = await ask('ZZZZZZ');
  check(answer.status === 429, `a hundred wrong codes are answered ${answer.status}`);
  clock.shift(0);
  const end = performance.now() + 15_000;
  do {
    await new Promise((next) => setTimeout(next, 300));
    answer = await ask(code);
  } while (answer.status !== 200 && performance.now() < end);
  check(answer.status === 200, `a right code is answered ${answer.status} 15 s after the clock was set back`);
}

export async function run({ seed, progress }) {
  const server = new TrialServer();
  const clock = new Clock(server);
  server.prepareWorkshops(2);
  await server.start();
  const room = new Room(server, { people: 6, seed });
  try {
    await room.open();
    room.write();
    await room.acks(100);
    for (const [what, shift] of jumps) {
      progress(what);
      clock.shift(shift);
      await goesOn(room, what);
    }
    progress('a restart an hour back');
    clock.shift(-hour);
    await server.kill();
    await server.start();
    await goesOn(room, 'back over a restart');
    await tickTells(room, -hour);
    clock.shift(year);
    await tickTells(room, year);
    clock.shift(0);
    progress('passes and sessions');
    await passesAndSessions(room, clock);
    await limitsRecover(room, clock);
    await room.settled();
    const { verified } = await room.judge();
    return `${jumps.length + 3} jumps, ${room.acked} commands acknowledged: 0 lost, 0 doubled, ticks on time, passes and sessions as the clock says; ${verified}`;
  } finally {
    room.leave();
    await server.remove();
    clock.close();
  }
}
