// The hall's network goes and comes back: everybody returns at the same moment.
import { run } from '../load.mjs';
import { figure, judge } from '../report.mjs';
import { withServer } from '../servers.mjs';
import { spread } from '../statistics.mjs';

/** Phones that kept their page ask for what they missed; pages opened anew fetch the whole board. */
const subjects = { 'with their boards': {}, 'as new pages': { fresh: true } };

export default {
  name: 'returning',
  about: 'everybody back at once: 10,000 people, boards of 300 contributions, two cores',

  async run(bench) {
    const size = bench.pick({
      quick: { people: 200, rooms: 2, contributions: 30 },
      normal: { people: 10000, rooms: 20, contributions: 300 },
    });
    const rounds = bench.pick({ quick: 1, normal: 1, reference: 5 });
    const measure = (subject) =>
      withServer('warsha', { shards: 2, cores: bench.bothCores }, (server) =>
        run('return', server, { ...size, ...subjects[subject] }, { cores: bench.bothCores, limit: 300 }),
      );
    const names = Object.keys(subjects).slice(0, bench.pick({ quick: 1, normal: 2 }));
    const results = await bench.takeTurns('returning', names, measure, rounds);
    return { ...describe(results, size, rounds), data: results };
  },
};

function describe(results, { people, rooms, contributions }, rounds) {
  const of = (subject, field) =>
    spread(results[subject].map((result) => (result === null ? NaN : field(result))));
  const mebibytes = (subject, name) => of(subject, ({ server }) => server[name] / 1024 / 1024);
  const names = Object.keys(results);
  const goals = names.flatMap((subject) => {
    const seconds = of(subject, (result) => result.all_current_ms / 1000);
    const failed = of(subject, (result) => result.failed_joins);
    const kept = of(subject, ({ server }) => server.memory_bytes_after / server.memory_bytes_connected);
    return [
      judge(`${subject}: all current within 5 s`, seconds?.max, { most: 5, shown: `${figure(seconds)} s` }),
      judge(`${subject}: no failed join`, failed?.max, { most: 0, shown: `${failed?.max ?? '–'}` }),
      judge(`${subject}: memory back to within 10 % of before`, kept?.median, {
        most: 1.1,
        shown: `${figure(kept)} times`,
      }),
    ];
  });
  return {
    title: 'Everybody back at once',
    words:
      `${people.toLocaleString('en')} people of ${rooms} rooms lose the network, each board of ${contributions} contributions ` +
      'gets five events more meanwhile, and all connect again in the same moment. Current: from that moment until a person ' +
      'has the latest event. The server (two shards) and the load share two cores, so the load’s own work is in the times. ' +
      `Memory in MiB. ${rounds === 1 ? 'One round.' : `Medians of ${rounds} rounds.`}`,
    columns: [
      'they come back',
      'all current, s',
      'current p50, ms',
      'current p99, ms',
      'failed joins',
    ].concat(['memory connected', 'all away', 'at most', 'all back']),
    rows: names.map((subject) => [
      subject,
      figure(of(subject, (result) => result.all_current_ms / 1000)),
      figure(of(subject, (result) => result.current_ms.p50)),
      figure(of(subject, (result) => result.current_ms.p99)),
      String(of(subject, (result) => result.failed_joins)?.max ?? '–'),
      ...['connected', 'gone', 'peak', 'after'].map((when) =>
        figure(mebibytes(subject, `memory_bytes_${when}`)),
      ),
    ]),
    goals,
  };
}
