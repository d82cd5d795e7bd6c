// Some phones read nothing any more: what the rest of the room notices of it.
import { run } from '../load.mjs';
import { figure, judge } from '../report.mjs';
import { withServer } from '../servers.mjs';
import { spread } from '../statistics.mjs';

export default {
  name: 'slow',
  about: 'consumers that read nothing: what they change for everybody else',

  async run(bench) {
    const pairs = bench.rounds;
    const size = bench.pick({
      quick: { people: 100, rooms: 2, rate: 50, seconds: 1, warmup: 0.5 },
      normal: { people: 500, rooms: 10, rate: 500, seconds: 2, warmup: 0.5 },
      reference: { people: 500, rooms: 10, rate: 500, seconds: 10, warmup: 2 },
    });
    const share = 0.02;
    bench.say(`slow: ${pairs} pairs`);
    const result = await withServer('warsha', { cores: bench.serverCore }, (server) =>
      run('slow', server, { ...size, pairs, share }, { cores: bench.loadCore, limit: 600 }),
    );
    const of = (name, unit = 1) => spread(result.pairs.map((pair) => pair[name] / unit));
    const change = spread(result.pairs.map((pair) => (pair.ratio - 1) * 100));
    const mebibyte = 1024 * 1024;
    return {
      title: 'Slow consumers',
      words:
        `${size.people} people in ${size.rooms} rooms, ${size.rate} messages/s; one in ${1 / share} stops reading, or is there and ` +
        'reads. Seen by the last of the others, in ms; both take turns on the same server. Memory of the server in MiB.',
      columns: ['', 'seen p99', 'memory'],
      rows: [
        ['all read', figure(of('without_p99_ms')), figure(of('memory_bytes_without', mebibyte))],
        [
          `one in ${1 / share} reads nothing`,
          figure(of('with_p99_ms')),
          figure(of('memory_bytes_with', mebibyte)),
        ],
      ],
      goals: [
        judge('the 99th percentile of the others changes by less than 10 %', change?.median, {
          most: 10,
          shown: `${figure(change)} %`,
        }),
      ],
      data: result,
    };
  },
};
