// The cores on which this process may run: a container need not have the first ones.
import { readFileSync } from 'node:fs';

/** By their numbers, as taskset takes them. */
export const cores = /^Cpus_allowed_list:\s*(.+)$/m
  .exec(readFileSync('/proc/self/status', 'utf8'))[1]
  .split(',')
  .flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
  });
