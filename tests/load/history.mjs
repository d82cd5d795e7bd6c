#!/usr/bin/env node
// A load on a server that is killed and started again, and the history checker afterwards. See --help.
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs, promisify } from 'node:util';
import { password, root, Server } from '../support/server.mjs';
import { atEnd } from './bench/endings.mjs';
import { load } from './bench/servers.mjs';

const usage = `node --disable-warning=ExperimentalWarning tests/load/history.mjs [--kills N]

Plays two loads of warsha-load, a steady one and a day, against one server that is killed (SIGKILL) N times (default
4) at random moments and started again. Then warsha-load check compares what every client sent, was told and saw with the
database. Then an acknowledged event is taken out of the database, and the checker must find that.

Needs build/release/{warsha,warsha-load} and client-web/dist, Node 22.13 and about 6 s a kill.`;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '4' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const kills = Number(values.kills);
const server = new Server();
const log = join(server.folder, 'history');
let failed = 0;

function verdict(good, words) {
  console.log(`${good ? 'ok  ' : 'FAIL'} ${words}`);
  if (!good) failed++;
}

/** Runs warsha-load; resolves with its exit code and what it printed. */
function play(scenario, ...options) {
  const args = [scenario, '--url', server.url, '--password', password, '--log', log, '--outages', ...options];
  const child = spawn(load, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = atEnd(() => child.kill('SIGKILL'));
  child.on('exit', ended);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return new Promise((ended) => child.on('close', (code) => ended({ code, output })));
}

/** The last lines of the checker, and whether it found anything. */
async function check(...options) {
  const args = ['check', '--log', log, '--database', server.database, ...options];
  try {
    const { stdout } = await promisify(execFile)(load, args);
    return { whole: true, output: stdout };
  } catch (error) {
    return { whole: false, output: error.stdout };
  }
}

const pause = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds));

/** How many people have ever joined, by the database. */
function joined() {
  const database = new DatabaseSync(server.database, { readOnly: true });
  try {
    return Number(database.prepare('SELECT count(*) AS count FROM participant').get().count);
  } finally {
    database.close();
  }
}

/** Kills when so many have joined: that goes over HTTP, which nobody asks twice. */
async function killWhile(done, people) {
  let playing = true;
  void done.then(() => (playing = false));
  while (playing && joined() < people) await pause(100);
  await pause(1_000); // and are live
  let killed = 0;
  for (; killed < kills && playing; killed++) {
    await pause(700 + Math.random() * 3_000);
    await server.end('SIGKILL');
    await server.start();
  }
  await done;
  return killed;
}

try {
  server.prepare(join(root, 'deploy/demonstration/consultation.json'));
  await server.start();

  const people = joined() + 120 + 60;
  const seconds = String(5 + kills * 4);
  const steady = play('steady', '--people', '120', '--rooms', '4', '--rate', '150', '--seconds', seconds);
  const factor = String((103 * 60) / (5 + kills * 3));
  const day = play('day', '--people', '60', '--rooms', '3', '--factor', factor, '--seed', '2');
  const both = Promise.all([steady, day]);
  const killed = await killWhile(both, people);
  for (const [name, { code, output }] of Object.entries({ steady: await steady, day: await day })) {
    verdict(code === 0, `${name} went well`);
    if (code !== 0) console.log(output.trim().split('\n').slice(-6).join('\n'));
  }
  verdict(killed === kills, `the server was killed ${killed} times meanwhile`);

  const checked = await check('--receipts', '--url', server.url);
  console.log(checked.output.trim().replaceAll(/^/gm, '       '));
  verdict(checked.whole, 'the history is whole');

  await server.end();
  const database = new DatabaseSync(server.database);
  const lost = database
    .prepare(
      `SELECT workshop_id, max(seq) AS seq FROM event WHERE json_extract(body, '$.type') = 'contribution.edited'
       GROUP BY workshop_id ORDER BY workshop_id LIMIT 1`,
    )
    .get();
  database.prepare('DELETE FROM event WHERE workshop_id = ? AND seq = ?').run(lost.workshop_id, lost.seq);
  database.close();
  const doctored = await check();
  const found = doctored.output.split('\n').find((line) => line.includes('LOST'));
  console.log(`       ${found}`);
  verdict(
    !doctored.whole && found?.includes(lost.workshop_id),
    'an acknowledged event that is gone is found',
  );
} finally {
  await server.remove();
}
process.exit(failed === 0 ? 0 : 1);
