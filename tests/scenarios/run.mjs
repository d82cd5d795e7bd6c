#!/usr/bin/env node
// Consultations replayed through real sockets, in peace and while the server is killed. See --help.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replay, root, Server } from '../support/server.mjs';

const usage = `node tests/scenarios/run.mjs [--kills N]

Replays the demonstration, and the consultation of Tangier where ../shared/data holds it, and compares
every board with its file. Then replays again while the server is killed (SIGKILL) N times (default 8)
at random moments and started anew. After each: warsha verify.`;

const argument = process.argv.indexOf('--kills');
if (process.argv.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
const kills = argument > 0 ? Number(process.argv[argument + 1]) : 8;
const demonstration = join(root, 'deploy/demonstration/consultation.json');
const tangier = join(root, '../shared/data/tangier-2023.json');
const phaseSeconds = 4;
const phasesAtLeast = 3;
let passed = 0;
let failed = 0;

async function scenario(name, run) {
  const server = new Server();
  try {
    server.prepare(demonstration);
    await server.start();
    await run(server);
    const verified = server.verify().trim().split('\n').at(-1);
    console.log(`ok   ${name}: ${verified}`);
    passed++;
  } catch (error) {
    console.log(`FAIL ${name}: ${error.message}`);
    failed++;
  } finally {
    await server.remove();
  }
}

async function expectEqual(played) {
  const { code, output } = await played.done;
  console.log(output.trim().replaceAll(/^/gm, '       '));
  if (code !== 0) throw new Error('the boards differ from the file');
}

/** `seconds`: for how long one phase of the play lasts at least. */
async function killWhile(server, played, seconds) {
  let playing = true;
  void played.done.then(() => (playing = false));
  let done = 0;
  // Spread over three phases, of which there are more: however long a start takes, there is time for all of them.
  const began = performance.now();
  const distanceMs = (phasesAtLeast * seconds * 1_000) / kills;
  while (done < kills && playing) {
    const next = began + (done + Math.random()) * distanceMs - performance.now();
    await new Promise((later) => setTimeout(later, Math.max(150, next)));
    if (!playing) break;
    await server.end('SIGKILL');
    await server.start();
    done++;
  }
  console.log(`       killed and started ${done} times`);
  if (done < kills) throw new Error(`the replay ended after ${done} of ${kills} kills`);
}

function convertTangier(server) {
  const file = join(server.folder, 'tangier.json');
  writeFileSync(file, execFileSync('node', [join(root, 'tests/scenarios/from-ogp-consultation.mjs'), tangier]));
  return file;
}

await scenario('the demonstration is played and equals its file', (server) =>
  expectEqual(replay(server, demonstration, ['--fast'])),
);

if (existsSync(tangier))
  await scenario('Tangier 2023 is played through 68 sockets and equals the report', (server) =>
    expectEqual(replay(server, convertTangier(server), ['--fast'])),
  );
else console.log('skip Tangier 2023: ../shared/data/tangier-2023.json is not here');

await scenario(`everything acknowledged is there once after ${kills} kills`, async (server) => {
  const file = existsSync(tangier) ? convertTangier(server) : demonstration;
  // Long enough for the kills to fall within it, with the time that coming back takes.
  const seconds = Math.max(phaseSeconds, Math.ceil(kills / 3));
  const played = replay(server, file, ['--phase-seconds', String(seconds)]);
  await killWhile(server, played, seconds);
  await expectEqual(played);
});

await scenario('a byte changed in the database is found', async (server) => {
  await expectEqual(replay(server, demonstration, ['--fast']));
  await server.end();
  const bytes = readFileSync(server.database);
  const place = bytes.lastIndexOf('contribution.added');
  if (place < 0) throw new Error('no event in the database file');
  const whole = Buffer.from(bytes);
  // Wherever these bytes stand: a page that was split still has what moved, and nobody reads it there.
  const text = bytes.indexOf('"text":"', place - 2_000);
  const around = whole.subarray(text - 32, text + 12);
  for (let copy = whole.indexOf(around); copy >= 0; copy = whole.indexOf(around, copy + 1)) bytes[copy + 32 + 9] ^= 0x01;
  writeFileSync(server.database, bytes);
  let found = '';
  try {
    server.verify();
  } catch (error) {
    found = String(error.stdout).split('\n').find((line) => /differ|hash|wrong|not/.test(line)) ?? String(error.stdout);
  }
  if (!found) throw new Error('verify saw nothing');
  console.log(`       ${found}`);
  writeFileSync(server.database, whole);
});

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
