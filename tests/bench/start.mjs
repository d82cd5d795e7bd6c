#!/usr/bin/env node
// How long a server takes from its start to listening, to the first welcome on a live socket, and until every listed
// workshop has welcomed somebody. See --help.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    binary: { type: 'string', default: resolve(import.meta.dirname, '../../build/release/warsha') },
    workshops: { type: 'string', default: '30' },
    runs: { type: 'string', default: '3' },
    stop: { type: 'string', default: 'SIGKILL' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help || positionals.length !== 2) {
  console.log(`tests/bench/start.mjs DATABASE LIST [--binary FILE] [--workshops 30] [--runs 3] [--stop SIGKILL] [--json]

DATABASE and LIST as warsha-make-journal makes and prints them (a line for each workshop: ID CODE).
Somebody joins each workshop; then the server is ended by --stop and started again, --runs times. Each time, as soon as it
listens, all of them come back at once, and the milliseconds since the start of the process are taken:
to listening, to the first welcome, to the last; and the CPU it used until then. The file may be in the system's cache, as after any restart.`);
  process.exit(options.help ? 0 : 2);
}
const [database, list] = positionals;
const workshops = readFileSync(list, 'utf8').trim().split('\n').slice(0, Number(options.workshops));
const client = mkdtempSync(join(tmpdir(), 'warsha-client-'));
writeFileSync(join(client, 'index.html'), '<!doctype html>'); // the server wants a client; nobody asks for it

/** Starts the server; resolves with {child, port, ms} when it listens. */
function start() {
  const began = performance.now();
  const child = spawn(
    options.binary,
    ['serve', '--database', database, '--client', client, '--listen', '127.0.0.1:0', '--log-level', 'warn'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((listening, failed) => {
    child.stdout.on('data', (data) => {
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(String(data));
      if (found) listening({ child, port: Number(found[1]), began, ms: performance.now() - began });
    });
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}`)));
  });
}

const end = ({ child }) =>
  new Promise((gone) => {
    child.removeAllListeners('exit');
    child.on('exit', gone);
    child.kill(options.stop);
  });

/** Joins a workshop; gives the cookie. */
async function pass(port, code) {
  const body = JSON.stringify({ code, language: 'ar', notice_version: 1 });
  const answer = await fetch(`http://127.0.0.1:${port}/api/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` },
    body,
  });
  if (answer.status !== 201) throw new Error(`joining ${code}: ${answer.status} ${await answer.text()}`);
  return answer.headers.get('set-cookie').split(';')[0];
}

/** One masked text frame, as a client sends it. */
function frame(text) {
  const bytes = Buffer.from(text);
  const mask = randomBytes(4);
  return Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length]), mask, bytes.map((byte, i) => byte ^ mask[i % 4])]);
}

/** Says hello; resolves with the milliseconds from the server's start to the welcome. */
function welcome({ port, began }, id, cookie) {
  return new Promise((welcomed, failed) => {
    const asked = request({
      host: '127.0.0.1',
      port,
      path: `/live/${id}?as=participant`,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'sec-websocket-protocol': 'warsha.live.v1',
        origin: `http://127.0.0.1:${port}`,
        cookie,
      },
    });
    asked.on('response', (response) => failed(new Error(`${id}: HTTP ${response.statusCode}`)));
    asked.on('error', failed);
    asked.on('upgrade', (_, socket, head) => {
      let said = head.toString('latin1');
      const look = () => {
        if (!said.includes('"type":"welcome"')) return;
        welcomed(performance.now() - began);
        socket.destroy();
      };
      socket.on('data', (data) => {
        said += data.toString('latin1');
        look();
      });
      socket.on('error', failed);
      socket.on('close', () => failed(new Error(`${id}: closed before it welcomed anybody`)));
      socket.write(frame('{"type":"hello"}'));
      look();
    });
    asked.end();
  });
}

/** CPU that a process has used, in milliseconds (proc(5): utime and stime, in hundredths of a second). */
function cpu({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  const first = await start();
  const people = [];
  for (const line of workshops) {
    const [id, code] = line.split(/[ |]/);
    people.push({ id, cookie: await pass(first.port, code) });
  }
  await end(first);
  const runs = [];
  for (let i = 0; i < Number(options.runs); ++i) {
    const server = await start();
    const times = await Promise.all(people.map(({ id, cookie }) => welcome(server, id, cookie)));
    const run = { listening: server.ms, first: Math.min(...times), all: Math.max(...times), cpu: cpu(server.child) };
    runs.push(run);
    console.error(
      `listening ${run.listening.toFixed(0)} ms, first welcome ${run.first.toFixed(0)} ms, ` +
        `all ${people.length} workshops ${run.all.toFixed(0)} ms, CPU until then ${run.cpu} ms`,
    );
    await end(server);
  }
  const medians = Object.fromEntries(['listening', 'first', 'all', 'cpu'].map((what) => [what, middle(runs.map((run) => run[what]))]));
  if (options.json) console.log(JSON.stringify({ workshops: people.length, runs, medians }));
  else console.log(`medians: listening ${medians.listening.toFixed(0)} ms, first ${medians.first.toFixed(0)} ms, all ${medians.all.toFixed(0)} ms, CPU ${medians.cpu} ms`);
} finally {
  rmSync(client, { recursive: true, force: true });
}
