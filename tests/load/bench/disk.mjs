// What one sync of the disk costs, in the folder where a server has its database.
import { closeSync, fdatasyncSync, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { percentile } from './statistics.mjs';

/** Milliseconds of an fdatasync after overwriting one allocated block: what a commit into a kept WAL needs at least. */
export function diskSync(folder, times = 100) {
  const file = join(folder, 'sync-probe');
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(4096, 7);
  const blocks = 64;
  try {
    for (let i = 0; i < blocks; i++) writeSync(handle, block, 0, block.length, i * block.length);
    fsyncSync(handle);
    const took = [];
    for (let i = 0; i < times; i++) {
      block[0] = i;
      const began = performance.now();
      writeSync(handle, block, 0, block.length, (i % blocks) * block.length);
      fdatasyncSync(handle);
      took.push(performance.now() - began);
    }
    return { p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
  } finally {
    closeSync(handle);
    unlinkSync(file);
  }
}
