// Two shards on two cores against one: what a second shard costs, and how evenly the work is spread.
import { run } from '../load.mjs';
import { figure } from '../report.mjs';
import { withServer } from '../servers.mjs';
import { ratio, spread } from '../statistics.mjs';
import { threadSeconds, usedBetween } from '../threads.mjs';

export default {
  name: 'shards',
  about: 'two shards on two cores against one: CPU per delivery, balance between the shards',

  async run(bench) {
    const size = bench.pick({
      quick: { people: 100, rooms: 2, rate: 100, seconds: 1, warmup: 0.5 },
      normal: { people: 1000, rooms: 20, rate: 1000, seconds: 2.5, warmup: 0.5 },
      reference: { people: 1000, rooms: 20, rate: 1000, seconds: 10, warmup: 2 },
    });
    const subjects = [1, 2];
    const results = await bench.takeTurns('shards', subjects, (shards) =>
      withServer('warsha', { shards, cores: bench.bothCores }, async (server) => {
        const before = threadSeconds(server.child.pid);
        const result = await run(
          'steady',
          server,
          { ...size, 'message-bytes': 200 },
          { cores: bench.bothCores },
        );
        const used = usedBetween(before, threadSeconds(server.child.pid));
        bench.check(`shards, ${shards}`, result, { roomSize: size.people / size.rooms });
        return { ...result, threads: used };
      }),
    );
    const of = (shards, field) => results[shards].map((result) => (result === null ? NaN : field(result)));
    const sum = (seconds) => seconds.reduce((a, b) => a + b, 0);
    const shardSeconds = ({ threads }) =>
      Object.entries(threads).flatMap(([name, seconds]) => (name.startsWith('shard') ? [seconds] : []));
    const busiest = (result) => Math.max(...shardSeconds(result));
    const perSecond = ({ server }) => 1e6 / server.cpu_us_per_delivery;
    /** The busiest shard fills up first. */
    const reach = (shards) =>
      of(shards, (result) => perSecond(result) / (busiest(result) / sum(Object.values(result.threads))));
    return {
      title: 'Two shards on two cores',
      words:
        'The load shares both cores with the server, so deliveries/s by the clock would say how the two got in each other’s ' +
        'way. Instead, at the same fixed rate: deliveries for each second of CPU of the whole server process; the busiest ' +
        'shard’s part of the CPU of all shard threads (50 % is even; from /proc/PID/task over the whole run, joining ' +
        'included); and reach, the deliveries for each second of CPU of the busiest shard’s thread: what the server would ' +
        'carry if each shard had a core of its own and the journal’s thread another. That is a projection, not a throughput ' +
        'that was seen.',
      columns: [
        'shards',
        'deliveries per CPU second',
        'busiest shard’s part',
        'reach',
        '× one shard',
        'seen p99',
      ],
      rows: subjects.map((shards) => [
        shards,
        figure(spread(of(shards, perSecond))),
        figure(spread(of(shards, (result) => (busiest(result) / sum(shardSeconds(result))) * 100)), ' %'),
        figure(spread(reach(shards))),
        figure(ratio(reach(shards), reach(1))),
        figure(spread(of(shards, (result) => result.seen_ms.p99))),
      ]),
      data: results,
    };
  },
};
