// soak: hours' worth of workshops in little time: consultations are created, people join, write, lose their connection,
// fetch snapshots and leave, and the next consultation begins. Memory, descriptors and database are measured
// whenever everybody has gone.
//
// Right outcome: descriptors are as before each time; memory and database grow by no more than in proportion to what was
// stored (workshops stay in memory), and connections that come and go without a word leave nothing behind: judged by a line
// through the measurements after warming up.
import { statSync } from 'node:fs';
import { reading } from './history.mjs';
import { Crowd } from './crowd.mjs';
import { request } from './http.mjs';
import { durationMs } from './limits.mjs';
import { pick, seeded } from './random.mjs';
import { Room } from './room.mjs';
import { consultation, TrialServer } from './serving.mjs';
import { password } from '../support/server.mjs';

export const summary = 'hours of workshops that come and go, compressed';
export const outcome = 'no growth of memory, descriptors or database beyond what was stored';

/** What one hour of a busy day is taken to hold. */
const roundsPerHour = 8;
const workshopsPerRound = 2;
const peoplePerWorkshop = 20;
const commandsPerRound = 500;
const lossesPerRound = 30;
const snapshotsPerRound = 60;

const warmUp = 0.25; // of the rounds
const otherDescriptors = 3;
/** What a workshop keeps in memory whatever its length: 500 encoded events and a snapshot, each for two audiences. */
const memoryPerWorkshop = 512 * 1024;
/** Resident bytes for each byte of events stored: the board and the known commands. */
const memoryPerStored = 3;
const databasePerStored = 2.5; // rows, indexes, pages partly filled

/** Rounds in which nothing is stored: this many come, are welcome and go, for so long. */
const visitors = 150;
const visitMs = 45_000;
/** A session's hello timer lives for kHelloTime, whether the session does or not: until then memory may rise. */
const visitWarmUpMs = durationMs('kHelloTime') + 5_000;
const visitSlack = 16 * 1024; // resident bytes a round: 100 a visitor would be a leak

/** The slope of a least-squares line. */
function slope(points) {
  const n = points.length;
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / n;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  const across = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return across === 0 ? 0 : points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / across;
}

async function newWorkshops(server, cookie) {
  const answer = await request(server.where, 'POST', '/api/consultations', {
    cookie,
    body: consultation(workshopsPerRound),
  });
  if (answer.status !== 201)
    throw new Error(`a consultation could not be created: ${answer.status} ${answer.text}`);
  return answer.json.workshops;
}

async function comeAndGo(room, chance) {
  const each = room.people.map((person) => person);
  for (let i = 0; i < lossesPerRound; i++) {
    await room.acks(Math.floor(commandsPerRound / lossesPerRound));
    const person = pick(chance, each);
    person.drop();
    person.connect();
    for (let j = 0; j < snapshotsPerRound / lossesPerRound; j++)
      await request(room.where(), 'GET', person.snapshotPath(), { cookie: person.cookie });
  }
}

async function round(server, cookie, seed, chance) {
  const workshops = await newWorkshops(server, cookie);
  // The server as before, with these workshops in it.
  const here = Object.create(server, { workshops: { value: workshops } });
  const room = new Room(here, {
    people: peoplePerWorkshop,
    seed,
    email: 'admin@example.org',
    person: { window: 1, paceMs: 150 },
  });
  try {
    await room.open();
    room.write();
    await comeAndGo(room, chance);
    await room.settled();
    await room.judge({ receipts: 20, chain: false });
  } finally {
    room.leave();
  }
  return room.acked;
}

function measure(server) {
  const stored = reading(server.database, (database) =>
    Number(database.prepare('SELECT sum(length(body)) AS bytes FROM event').get().bytes),
  );
  return { stored, database: statSync(server.database).size, ...server.usage() };
}

function judge(samples) {
  const after = samples.slice(Math.floor(samples.length * warmUp));
  const perRound = (of) => slope(after.map((sample, i) => [i, of(sample)]));
  const growth = {
    stored: perRound(({ stored }) => stored),
    resident: perRound(({ resident }) => resident),
    database: perRound(({ database }) => database),
    descriptors: Math.max(...after.map(({ descriptors }) => descriptors)) - samples[0].descriptors,
  };
  const kib = (bytes) => `${(bytes / 1024).toFixed(0)} KiB`;
  const words =
    `a round stores ${kib(growth.stored)} of events, memory grows by ${kib(growth.resident)}, the database by ${kib(growth.database)}, ` +
    `descriptors by ${growth.descriptors} in all`;
  if (growth.descriptors > otherDescriptors) throw new Error(words);
  const memoryMost = growth.stored * memoryPerStored + workshopsPerRound * memoryPerWorkshop;
  if (growth.resident > memoryMost) throw new Error(`${words}; the bound is ${kib(memoryMost)}`);
  const databaseMost = growth.stored * databasePerStored;
  if (growth.database > databaseMost) throw new Error(`${words}; the bound is ${kib(databaseMost)}`);
  return words;
}

async function noWords(server, progress) {
  const crowd = new Crowd(() => server.where, server.workshops, 8);
  await crowd.prepare();
  const atRest = server.usage().descriptors;
  const samples = [];
  let visits = 0;
  for (const began = performance.now(); performance.now() - began < visitMs; visits += visitors) {
    crowd.members = [];
    const refused = await crowd.open(visitors);
    if (refused) throw new Error(`${refused} visitors were refused`);
    crowd.leave();
    await gone(server, atRest);
    if (performance.now() - began > visitWarmUpMs) samples.push(server.usage().resident);
    progress(`${visits + visitors} visits, ${(server.usage().resident / 2 ** 20).toFixed(1)} MiB`);
  }
  const growth = slope(samples.map((resident, i) => [i, resident]));
  const words = `${visits} visits without a word, memory grows by ${(growth / 1024).toFixed(1)} KiB for ${visitors}`;
  if (process.env.TRIALS_TRACE) console.error(samples.map((bytes) => Math.round(bytes / 1024)).join(' '));
  if (growth > visitSlack) throw new Error(words);
  return words;
}

/** Until the server has let go of who has left. */
async function gone(server, atRest) {
  const end = performance.now() + 5_000;
  while (server.usage().descriptors > atRest + otherDescriptors && performance.now() < end)
    await new Promise((next) => setTimeout(next, 20));
}

export async function run({ options, seed, progress }) {
  const chance = seeded(seed);
  const server = new TrialServer();
  server.prepareWorkshops(1);
  await server.start();
  try {
    const signedIn = await request(server.where, 'POST', '/api/session', {
      body: { email: 'admin@example.org', password },
    });
    const rounds = options.hours * roundsPerHour;
    const samples = [];
    let acked = 0;
    const atRest = server.usage().descriptors;
    for (let done = 0; done < rounds; done++) {
      acked += await round(server, signedIn.cookie, seed + done, chance);
      await gone(server, atRest);
      samples.push(measure(server));
      const { resident, descriptors } = samples.at(-1);
      progress(
        `${done + 1} of ${rounds} rounds, ${acked} acknowledged, ${(resident / 2 ** 20).toFixed(1)} MiB, ${descriptors} descriptors`,
      );
    }
    if (process.env.TRIALS_TRACE) console.error(samples);
    const words = `${judge(samples)}; ${await noWords(server, progress)}`;
    const verified = server.verify().trim().split('\n').at(-1);
    return `${options.hours} h worth: ${rounds * workshopsPerRound} workshops came and went, ${acked} acknowledged; ${words}; ${verified}`;
  } finally {
    await server.remove();
  }
}
