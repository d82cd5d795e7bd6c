// The real server as the trials need it: killed and started again at once, under other limits, behind a preload.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server, root, warsha } from '../support/server.mjs';

const keptLog = 64 * 1024;

/** However the trials end, no server and no database stays behind. */
const running = new Set();
const folders = new Set();
process.on('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(128 + 15));

/** A consultation file with nothing said in it yet. */
export function consultation(workshops) {
  return {
    schema: 'warsha.consultation/1',
    title: 'لقاء التجارب',
    language: 'ar',
    region: 'سوس - ماسة',
    city: 'أكادير',
    venue: 'قاعة الندوات',
    date: '2026-12-12',
    organisers: ['المنظمون'],
    workshops: Array.from({ length: workshops }, (_, i) => ({ key: `w${i}`, title: `ورشة ${i + 1}` })),
  };
}

export class TrialServer extends Server {
  host = '127.0.0.1';
  log = '';

  /**
   * settings: prefix (a command that runs another, such as prlimit), env, options (of warsha serve),
   * database (where it is to be).
   */
  constructor(settings = {}) {
    super();
    folders.add(this.folder);
    this.settings = { prefix: [], env: {}, options: [], ...settings };
    if (settings.host) this.host = settings.host;
    if (settings.database) this.database = settings.database;
  }

  /** Makes the database; gives its workshops: id, title, join_code. */
  prepareWorkshops(count) {
    const file = join(this.folder, 'consultation.json');
    writeFileSync(file, JSON.stringify(consultation(count)));
    this.workshops = this.prepare(file).workshops;
    return this.workshops;
  }

  /** The built client, or one page in its place: most trials never ask for it. */
  client() {
    const built = join(root, 'client-web/dist');
    if (existsSync(join(built, 'index.html'))) return built;
    const page = join(this.folder, 'client');
    mkdirSync(page, { recursive: true });
    writeFileSync(join(page, 'index.html'), '<!doctype html><title>warsha</title>');
    return page;
  }

  /** Starts on the port of before when there was one; resolves when it listens. */
  start() {
    const { prefix, env, options } = this.settings;
    const command = [...prefix, warsha, 'serve', '--database', this.database, '--client', this.client()]
      .concat(['--listen', `${this.host}:${this.port}`, '--log-level', 'warn'])
      .concat(options);
    this.startedAt = performance.now();
    const child = spawn(command[0], command.slice(1), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.child = child;
    running.add(child);
    child.on('exit', () => running.delete(child));
    this.ended = new Promise((gone) => child.on('exit', (code, signal) => gone({ code, signal })));
    return new Promise((listening, failed) => {
      let said = '';
      const take = (data) => {
        this.log = (this.log + data).slice(-keptLog);
        if (said === null) return;
        said += data;
        const found = /listening on http:\/\/\S+:(\d+)/.exec(said);
        if (!found) return;
        said = null;
        this.port = Number(found[1]);
        listening();
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('error', failed);
      void this.ended.then(({ code, signal }) =>
        failed(new Error(`the server ended with ${signal ?? code}: ${this.log.trim().slice(-400)}`)),
      );
    });
  }

  async remove() {
    await super.remove();
    folders.delete(this.folder);
  }

  get pid() {
    return this.child?.pid;
  }

  get where() {
    return { host: this.host, port: this.port };
  }

  /** SIGKILL; resolves when the process is gone and its port is free. */
  async kill() {
    const child = this.child;
    this.child = null;
    child.kill('SIGKILL');
    await this.ended;
  }

  /** What the kernel says of it: resident bytes, data segment, open descriptors, processor time in ms. */
  usage() {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const ticksMs = 10; // USER_HZ is 100 on every Linux
    return {
      resident: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024, // absent in a process that ends
      data: Number(/VmData:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024,
      descriptors: readdirSync(`/proc/${this.pid}/fd`).length,
      cpuMs: (Number(stat[11]) + Number(stat[12])) * ticksMs,
    };
  }
}
