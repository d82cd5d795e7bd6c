// The servers that are measured: Warsha and its peers, each started alone on the cores it is given.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Server, warsha } from '../../support/server.mjs';
import { atEnd } from './endings.mjs';

const build = process.env.WARSHA_BINARY ? join(warsha, '..') : join(root, 'build/release');
export const load = join(build, 'warsha-load');
export const bareBeast = join(build, 'warsha-bare-beast');
export const micro = join(build, 'tests/bench/warsha-micro');

const peer = (name) => [process.execPath, join(root, 'tests/load/peers', name, 'server.mjs')];

/** By the name that options and results use. `target` is how warsha-load talks to it; `lacks` what it does not do. */
export const kinds = {
  warsha: {
    title: 'Warsha',
    target: 'warsha',
    lacks:
      'nothing of this list: every message is decided by the rules, committed (WAL, synchronous FULL), numbered',
  },
  'warsha-tls': { title: 'Warsha, TLS', target: 'warsha', lacks: 'nothing: as Warsha, by its own TLS' },
  ws: {
    title: 'ws 8 (Node)',
    target: 'ws',
    command: peer('ws'),
    lacks: 'no durability, no rules, no identity, no order number, no resume: bytes in, bytes out',
  },
  socketio: {
    title: 'Socket.IO 4 (Node)',
    target: 'socketio',
    command: peer('socketio'),
    lacks:
      'no durability, no rules, no identity, no order number; at most once, no resume as it is set up by default',
  },
  yjs: {
    title: 'y-websocket 2 (Node, Yjs)',
    target: 'yjs',
    command: peer('yjs'),
    lacks:
      'no durability, no rules, no identity, no one order; merges every message into a document in memory, ' +
      'from which a client that comes back can catch up',
  },
  bare: {
    title: 'bare Beast',
    target: 'bare',
    command: [bareBeast],
    lacks:
      'no durability, no rules, no identity, no order number, no resume, no bound on its queues: one write a message',
  },
  gather: {
    title: 'bare Beast, gathering',
    target: 'bare',
    command: [bareBeast, '--gather'],
    lacks: 'the same as bare Beast; all that is pending for a session leaves in one write',
  },
};

/** Whether this build of `warsha serve` ends TLS itself. */
export function knowsTls() {
  return execFileSync(warsha, ['serve', '--help'], { encoding: 'utf8' }).includes('--tls-certificate');
}

class Peer {
  constructor(command) {
    this.command = command;
  }

  start({ cores }) {
    const [program, ...args] = pinned(cores, this.command);
    this.child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    return new Promise((listening, failed) => {
      let said = '';
      this.child.stderr.on('data', (data) => (said += data));
      this.child.stdout.on('data', (data) => {
        const found = /listening on (http:\S+)/.exec(String(data));
        if (found) {
          this.url = found[1];
          listening();
        }
      });
      this.child.on('error', failed);
      this.child.on('exit', (code) =>
        failed(new Error(`${this.command.at(-1)} ended with ${code}: ${said}`)),
      );
    });
  }

  remove() {
    if (this.child?.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null)
      return Promise.resolve();
    return new Promise((gone) => {
      this.child.on('exit', gone);
      this.child.kill('SIGTERM');
    });
  }
}

/** A database with accounts, made once: hashing their passwords takes longer than a server's start. */
let prepared = null;

class Warsha extends Server {
  constructor(tls) {
    super();
    this.tls = tls;
  }

  async start({ cores, shards = 1 }) {
    if (prepared === null) {
      this.prepare(join(root, 'deploy/demonstration/consultation.json'));
      prepared = readFileSync(this.database);
    } else writeFileSync(this.database, prepared);
    const options = ['--shards', String(shards), '--log-level', 'warn'];
    if (this.tls) options.push(...selfSigned(this.folder));
    await super.start({ wrapper: pinned(cores, []), options });
  }
}

function pinned(cores, command) {
  return cores === undefined ? command : ['taskset', '-c', cores, ...command];
}

function selfSigned(folder) {
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  const subject = [
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-days',
    '2',
  ];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      key,
    ].concat(['-out', certificate], subject),
    { stdio: 'ignore' },
  );
  return ['--tls-certificate', certificate, '--tls-key', key];
}

/**
 * Starts a server of a kind, runs `use(server)` and ends the server, whatever happens. `cores` is a list for taskset, or
 * left out for all.
 */
export async function withServer(kind, { cores, shards }, use) {
  const { command } = kinds[kind];
  const server = command ? new Peer(command) : new Warsha(kind === 'warsha-tls');
  server.kind = kind;
  const ended = atEnd(() => {
    server.child?.kill('SIGKILL');
    if (server.folder) rmSync(server.folder, { recursive: true, force: true });
  });
  try {
    await server.start({ cores, shards });
    return await use(server);
  } finally {
    await server.remove();
    ended();
  }
}
