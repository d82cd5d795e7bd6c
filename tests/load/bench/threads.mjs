// The processor time of each thread of a process, by its name.
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100; // USER_HZ, the same on every Linux that runs Node

/** Null: the thread has just ended. */
function statOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}

/** Seconds by thread name; threads of one name are added up. */
export function threadSeconds(pid) {
  const seconds = {};
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const line = statOf(`/proc/${pid}/task/${thread}/stat`);
    if (line === null) continue;
    const name = line.slice(line.indexOf('(') + 1, line.lastIndexOf(')'));
    // After the name: state is field 3 of proc(5), utime field 14, stime field 15.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    seconds[name] = (seconds[name] ?? 0) + (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }
  return seconds;
}

/** What was used between two readings. */
export function usedBetween(before, after) {
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]),
  );
}
