// Ten times as many people with the same traffic over all: what the number of connections alone costs, in Warsha and in
// a server that does nothing but send.
import { run } from '../load.mjs';
import { figure, judge } from '../report.mjs';
import { kinds as titles, withServer } from '../servers.mjs';
import { ratio, spread } from '../statistics.mjs';

const kinds = ['warsha', 'bare'];

export default {
  name: 'growth',
  about: 'CPU per delivery with 10,000 people against 1,000, at the same deliveries/s',

  async run(bench) {
    const size = bench.pick({
      quick: { few: 100, many: 400, rate: 100, seconds: 1, warmup: 0.5 },
      normal: { few: 1000, many: 10000, rate: 1000, seconds: 2.5, warmup: 0.5 },
      reference: { few: 1000, many: 10000, rate: 1000, seconds: 10, warmup: 2 },
    });
    const roomSize = 50;
    const subjects = kinds.flatMap((kind) => [size.few, size.many].map((people) => ({ kind, people })));
    const rounds = bench.fewerRounds(3);
    const name = ({ kind, people }) => `${kind} ${people}`;
    const measure = (subject) => {
      const { kind, people } = subjects.find((each) => name(each) === subject);
      return withServer(kind, { cores: bench.serverCore }, async (server) => {
        const { rate, seconds, warmup } = size;
        const options = { people, rooms: people / roomSize, rate, seconds, warmup, 'message-bytes': 200 };
        const result = await run('steady', server, options, { cores: bench.loadCore });
        bench.check(`growth, ${subject}`, result, { roomSize });
        return result;
      });
    };
    const results = await bench.takeTurns('growth', subjects.map(name), measure, rounds);
    const cpu = (subject) => results[name(subject)].map((result) => result?.server.cpu_us_per_delivery ?? NaN);
    const grown = (kind) => ratio(cpu({ kind, people: size.many }), cpu({ kind, people: size.few }));
    return {
      title: 'Growth with people',
      words:
        `Rooms of ${roomSize}, ${(size.rate * roomSize).toLocaleString('en')} deliveries/s over all in both: each of the many ` +
        'says less. Server on one core, load on the other; CPU in µs per delivery, seen in ms. ' +
        `Medians of ${rounds}. What bare Beast grows by is the price of the sockets alone.`,
      columns: ['server', 'people', 'CPU', 'seen p50', 'seen p99', 'the load’s share of its core'],
      rows: subjects.map((subject) => {
        const measured = results[name(subject)];
        return [
          titles[subject.kind].title,
          subject.people.toLocaleString('en'),
          figure(spread(cpu(subject))),
          figure(spread(measured.map((result) => result?.seen_ms.p50))),
          figure(spread(measured.map((result) => result?.seen_ms.p99))),
          figure(spread(measured.map((result) => result?.client_cpu_share))),
        ];
      }),
      goals: [
        judge('CPU per delivery grows by at most 20 %', grown('warsha')?.median, {
          most: 1.2,
          shown: `${figure(grown('warsha'))} times; bare Beast ${figure(grown('bare'))}`,
        }),
      ],
      data: results,
    };
  },
};
