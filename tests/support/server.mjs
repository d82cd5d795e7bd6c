// A real server on a free port with a database of its own, for tests from outside. Ended by its process id.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const warsha = process.env.WARSHA_BINARY ?? join(root, 'build/release/warsha');
export const password = 'correct-horse-7';

/** However a test ends, its server does not stay behind. */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export class Server {
  folder = mkdtempSync(join(tmpdir(), 'warsha-'));
  database = join(this.folder, 'warsha.db');
  port = 0;
  scheme = 'http';
  child = null;

  /** Prepares a database: a consultation file, and one account for each role. */
  prepare(consultation) {
    const created = JSON.parse(execFileSync(warsha, ['import', consultation, '--database', this.database, '--json']));
    for (const role of ['admin', 'organiser', 'facilitator'])
      execFileSync(
        warsha,
        ['admin', 'account', 'add', '--database', this.database, '--email', `${role}@example.org`, '--name', role]
          .concat(['--role', role, '--password-stdin'], role === 'admin' ? [] : ['--all']),
        { input: `${password}\n` },
      );
    return created;
  }

  /** One more account with a role of its own. */
  addAccount(name, role, options = []) {
    execFileSync(
      warsha,
      ['admin', 'account', 'add', '--database', this.database, '--email', `${name}@example.org`, '--name', name]
        .concat(['--role', role, '--password-stdin'], options),
      { input: `${password}\n` },
    );
  }

  /**
   * Starts, on the port of before when there was one, and resolves when it listens. `wrapper` is a command to start it
   * through, such as taskset, and `options` go to `warsha serve`.
   */
  start({ wrapper = [], options = [] } = {}) {
    const args = ['serve', '--database', this.database, '--client', join(root, 'client-web/dist')];
    args.push('--listen', `127.0.0.1:${this.port}`, ...options);
    const [program, ...rest] = [...wrapper, warsha, ...args];
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    running.add(child);
    child.on('exit', () => running.delete(child));
    return new Promise((listening, failed) => {
      let said = '';
      this.child.stderr.on('data', (data) => (said += data));
      this.child.stdout.on('data', (data) => {
        const found = /listening on (https?):\/\/127\.0\.0\.1:(\d+)/.exec(String(data));
        if (found) {
          this.scheme = found[1];
          this.port = Number(found[2]);
          listening();
        }
      });
      this.child.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
    });
  }

  get url() {
    return `${this.scheme}://127.0.0.1:${this.port}`;
  }

  /** Resolves with its exit code once the process is gone. */
  end(signal = 'SIGTERM') {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child?.exitCode);
    return new Promise((gone) => {
      child.on('exit', (code) => gone(code));
      child.kill(signal);
    });
  }

  verify() {
    return execFileSync(warsha, ['verify', '--database', this.database], { encoding: 'utf8' });
  }

  async remove() {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs `warsha replay`; resolves with its exit code and what it printed. */
export function replay(server, file, options) {
  const child = spawn(
    warsha,
    ['replay', file, '--server', server.url, '--email', 'admin@example.org', '--password-stdin', ...options],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  child.stdin.end(`${password}\n`);
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => {
    if (!String(data).includes('acknowledged')) output += data;
  });
  return { child, done: new Promise((ended) => child.on('close', (code) => ended({ code, output }))) };
}
