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
      normal: { people: 1000, rooms: 20, rate: 1000, seconds: 3, warmup: 1 },
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
    const shardSeconds = (result) =>
      Object.entries(result.threads).flatMap(([name, seconds]) =>
        name.startsWith('shard') ? [seconds] : [],
      );
    const of = (shards, field) => results[shards].map((result) => (result === null ? NaN : field(result)));
    const perSecond = (shards) => of(shards, (result) => 1e6 / result.server.cpu_us_per_delivery);
    /** The busiest shard is what fills up first: its share of the shards' time says how far more cores carry. */
    const busiest = (result) =>
      Math.max(...shardSeconds(result)) / shardSeconds(result).reduce((a, b) => a + b);
    const reach = (shards) =>
      of(shards, (result) => 1e6 / result.server.cpu_us_per_delivery / busiest(result));
    return {
      title: 'Two shards on two cores',
      words:
        'The load shares both cores with the server, so deliveries/s over the clock would say how the two got in each ' +
        'other’s way. Instead: deliveries for each second of CPU of the whole server process at the same fixed rate, and ' +
        'the busiest shard’s part of the CPU of all shard threads (from /proc/PID/task, the joining included; 50 % is even). ' +
        'Reach is the first divided by the second: the deliveries/s at which the busiest shard would fill a core of its ' +
        'own, if the rest of the server keeps up and costs the same share: a projection, not a measured throughput.',
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
        figure(spread(perSecond(shards))),
        figure(spread(of(shards, (result) => busiest(result) * 100)), ' %'),
        figure(spread(reach(shards))),
        figure(ratio(reach(shards), reach(1))),
        figure(spread(of(shards, (result) => result.seen_ms.p99))),
      ]),
      data: results,
    };
  },
};
