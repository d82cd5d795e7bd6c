// Trials that need mounts or networks of their own run in namespaces of their own: what they do ends with them.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

export class Skipped extends Error {
  name = 'Skipped';
}

const runner = join(import.meta.dirname, 'run.mjs');

/** Runs the trial's `inside` within `unshare FLAGS`; gives its words. Skips where that is not allowed. */
export function insideNamespace(name, flags, { seed, options, progress }) {
  if (process.getuid() !== 0) throw new Skipped('not root');
  if (spawnSync('unshare', [...flags, 'true']).status !== 0)
    throw new Skipped(`this machine does not let root unshare ${flags.join(' ')}`);
  const args = [
    ...flags,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    runner,
    name,
    '--inside',
  ];
  const child = spawn('unshare', [...args, '--seed', String(seed), '--options', JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => child.kill());
  let result;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line);
    if (said.progress) progress(said.progress);
    else result = said;
  });
  return new Promise((done, failed) =>
    child.on('close', (code) => {
      if (result?.words) done(result.words);
      else if (result?.skipped) failed(new Skipped(result.skipped));
      else failed(new Error(result?.error ?? `it ended with ${code} and said nothing`));
    }),
  );
}
