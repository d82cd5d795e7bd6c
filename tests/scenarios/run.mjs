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

async function killWhile(server, played) {
  let playing = true;
  void played.done.then(() => (playing = false));
  let done = 0;
  while (done < kills && playing) {
    await new Promise((next) => setTimeout(next, 150 + Math.random() * 1_500));
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
  await killWhile(server, played);
  await expectEqual(played);
});

await scenario('a byte changed in the database is found', async (server) => {
  await expectEqual(replay(server, demonstration, ['--fast']));
  await server.end();
  const bytes = readFileSync(server.database);
  const place = bytes.lastIndexOf('contribution.added');
  if (place < 0) throw new Error('no event in the database file');
  const whole = Buffer.from(bytes);
  bytes[bytes.indexOf('"text":"', place - 2_000) + 9] ^= 0x01;
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
