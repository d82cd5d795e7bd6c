// What warsha-micro (Google Benchmark) says of the single parts: journal, rules, encoding.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { micro } from '../servers.mjs';

/** Fields of every benchmark; the others are its own counters. */
const common = new Set(
  [
    'family_index',
    'per_family_instance_index',
    'repetitions',
    'repetition_index',
    'threads',
    'iterations',
  ].concat(['real_time', 'cpu_time']),
);

function counters(benchmark) {
  const own = Object.entries(benchmark).filter(
    ([name, value]) => typeof value === 'number' && !common.has(name),
  );
  return (
    own.map(([name, value]) => `${name} ${Number(value.toPrecision(3)).toLocaleString('en')}`).join(', ') ||
    '–'
  );
}

const nanoseconds = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 };

/** In the unit in which it has one to three digits before the point. */
function duration(time, unit) {
  const value = time * nanoseconds[unit];
  const [shown, size] = Object.entries(nanoseconds).findLast(([, least]) => value >= least) ?? ['ns', 1];
  return `${Number((value / size).toPrecision(3))} ${shown.replace('us', 'µs')}`;
}

export default {
  name: 'micro',
  about: 'the single parts: journal, rules, encoding (warsha-micro, when it is built)',

  async run(bench) {
    const title = 'The single parts';
    if (!existsSync(micro))
      return { title, words: 'warsha-micro is not built: not measured.', columns: [], rows: [] };
    const seconds = bench.pick({ quick: 0.01, normal: 0.02, reference: 0.5 });
    const args = ['--benchmark_format=json', `--benchmark_min_time=${seconds}`];
    if (bench.mode === 'quick')
      args.push('--benchmark_filter=^(decode_frame|chain|journal/support/16|snapshot_encode)');
    const { status, stdout, stderr, error } = spawnSync(micro, args, {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error || status !== 0)
      throw new Error(`warsha-micro ended with ${status}: ${error ?? stderr.trim()}`);
    const { benchmarks } = JSON.parse(stdout);
    for (const one of benchmarks)
      if (one.error_occurred) bench.fault(`micro: ${one.name}: ${one.error_message}`);
    return {
      title,
      words:
        'As Google Benchmark measures it; the journal’s ratio is to a bare SQLite loop (tests/bench/README.md).',
      columns: ['what', 'time', 'CPU', 'counted'],
      rows: benchmarks.map((one) => [
        one.name,
        duration(one.real_time, one.time_unit),
        duration(one.cpu_time, one.time_unit),
        counters(one),
      ]),
      data: benchmarks,
    };
  },
};
