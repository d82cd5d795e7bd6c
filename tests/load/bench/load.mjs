// Runs warsha-load against a server and gives what it measured.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { password } from '../../support/server.mjs';
import { atEnd } from './endings.mjs';
import { kinds, load } from './servers.mjs';

/**
 * One scenario of warsha-load. `options` become --name value (true: a flag). Resolves with its JSON; fails with the faults
 * it found, or when it ends otherwise than well or takes longer than `limit` seconds: figures of such a run are not used.
 */
export async function run(scenario, server, options, { cores, limit = 120 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'warsha-bench-'));
  const json = join(folder, 'result.json');
  const removed = atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const args = [scenario, '--target', kinds[server.kind].target, '--url', server.url];
  args.push('--server-pid', String(server.child.pid), '--json', json);
  if (kinds[server.kind].target === 'warsha')
    args.push('--email', 'admin@example.org', '--password', password);
  for (const [name, value] of Object.entries(options))
    if (value === true) args.push(`--${name}`);
    else args.push(`--${name}`, String(value));
  try {
    const { code, output } = await finished(cores, args, limit);
    const result = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : null;
    if (result?.faults?.length > 0) throw new Error(result.faults.join('; '));
    if (code !== 0 || result === null)
      throw new Error(`warsha-load ended with ${code}: ${lastLines(output)}`);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    removed();
  }
}

function finished(cores, args, limit) {
  const [program, ...rest] = cores === undefined ? [load, ...args] : ['taskset', '-c', cores, load, ...args];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = atEnd(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const timer = setTimeout(() => {
    output += `\nended after ${limit} s, the limit of the bench`;
    child.kill('SIGKILL');
  }, limit * 1_000);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => done({ code: code ?? signal, output }));
  }).finally(() => {
    clearTimeout(timer);
    ended();
  });
}

const lastLines = (output) => output.trim().split('\n').slice(-5).join(' / ');
