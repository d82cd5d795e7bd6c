// A network of our own: the server alone in one network namespace, this process in another, a cable (veth) between
// them whose packets can be lost, delayed and dropped. Only inside namespace.mjs, as root of a fresh namespace.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { Skipped } from './namespace.mjs';

export const serverAddress = '10.77.0.1';
const ourAddress = '10.77.0.2';

const run = (command, ...args) => execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });

export class Cable {
  constructor() {
    // Holds the server's namespace open also while the server is down.
    this.holder = spawn('unshare', ['-n', 'sleep', 'infinity'], { stdio: 'ignore' });
    process.on('exit', () => this.unplug());
    this.prefix = ['nsenter', '-t', String(this.holder.pid), '-n', '--'];
  }

  async plug() {
    const own = run('readlink', '/proc/self/ns/net').toString();
    const theirs = () => spawnSync('readlink', [`/proc/${this.holder.pid}/ns/net`]).stdout.toString();
    while (theirs() === own || theirs() === '') await new Promise((next) => setTimeout(next, 10));
    const there = (...args) => run(this.prefix[0], ...this.prefix.slice(1), ...args);
    const farEnd = ['name', 'far', 'netns', String(this.holder.pid)];
    try {
      run('ip', 'link', 'add', 'near', 'type', 'veth', 'peer', ...farEnd);
    } catch (error) {
      throw new Skipped(`this machine makes no veth: ${String(error.stderr ?? error.message).trim()}`);
    }
    run('ip', 'address', 'add', `${ourAddress}/24`, 'dev', 'near');
    run('ip', 'link', 'set', 'near', 'up');
    run('ip', 'link', 'set', 'lo', 'up');
    there('ip', 'address', 'add', `${serverAddress}/24`, 'dev', 'far');
    there('ip', 'link', 'set', 'far', 'up');
    there('ip', 'link', 'set', 'lo', 'up');
    this.there = there;
  }

  /** 5 % of the packets lost each way, and with netem 200 ± 100 ms; says what it could do. */
  worsen() {
    const netem = ['netem', 'delay', '100ms', '50ms', 'loss', '5%'];
    const add = ['qdisc', 'add', 'dev'];
    if (spawnSync('tc', [...add, 'near', 'root', ...netem]).status === 0) {
      this.there('tc', ...add, 'far', 'root', ...netem);
      return 'netem: 5 % lost each way, 200 ± 100 ms there and back';
    }
    this.filter('numgen random mod 100 < 5 drop');
    return 'nftables: 5 % lost each way, without delay (this kernel has no sch_netem)';
  }

  /** Nothing crosses, and nobody is told. */
  part() {
    this.filter('drop');
  }

  mend() {
    spawnSync('nft', ['delete', 'table', 'inet', 'trial']);
  }

  filter(rule) {
    this.mend();
    const chain = (hook) =>
      `chain ${hook} {\n type filter hook ${hook} priority 0;\n ip saddr 10.77.0.0/24 ${rule}\n}\n`;
    const rules = `table inet trial {\n${chain('input')}${chain('output')}}\n`;
    const done = spawnSync('nft', ['-f', '-'], { input: rules, encoding: 'utf8' });
    if (done.error) throw new Skipped('there is no nft (package nftables)');
    if (done.status !== 0) throw new Error(`nft: ${done.stderr}`);
  }

  unplug() {
    this.holder.kill('SIGKILL');
  }
}
