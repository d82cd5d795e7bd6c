// Messages to rooms: what a delivery costs the server, and how long it takes until everybody has it.
import { diskSync } from '../disk.mjs';
import { run } from '../load.mjs';
import { figure, judge } from '../report.mjs';
import { kinds, withServer } from '../servers.mjs';
import { ratio, spread } from '../statistics.mjs';

const subjects = ['warsha', 'ws', 'socketio', 'yjs', 'bare', 'gather'];
/** Beyond this share of its core the load, not the server, may be what limits. */
const clientBound = 0.9;

export default {
  name: 'fanout',
  about: 'CPU per delivery, saturated and at 50,000 deliveries/s, and p50/p99, against every peer',

  async run(bench) {
    const size = bench.pick({
      quick: { people: 100, rooms: 2, rate: 100, seconds: 1, warmup: 0.5 },
      normal: { people: 1000, rooms: 20, rate: 1000, seconds: 3, warmup: 1 },
      reference: { people: 1000, rooms: 20, rate: 1000, seconds: 10, warmup: 2 },
    });
    const roomSize = size.people / size.rooms;
    const common = { people: size.people, rooms: size.rooms, 'message-bytes': 200 };
    const times = { seconds: size.seconds, warmup: size.warmup };
    const trial = bench.pick({ quick: 0.5, normal: 1, reference: 2.5 });
    const syncs = [];
    /** The highest rate that a server sustained in its last round: its next search begins there. */
    const sustained = {};

    // A fresh server for each run: a Yjs document that already holds what is said broadcasts nothing.
    const load = (kind, options, afterwards = () => {}) =>
      withServer(kind, { cores: bench.serverCore }, async (server) => {
        const result = await run(
          'steady',
          server,
          { ...common, ...times, ...options },
          { cores: bench.loadCore },
        );
        bench.check(`fanout, ${kind}`, result, { roomSize });
        afterwards(server);
        return result;
      });
    const measure = async (kind) => {
      const steady = await load(kind, { rate: size.rate }, (server) => {
        if (kind === 'warsha') syncs.push(diskSync(server.folder));
      });
      const search = { rate: 'saturate', 'trial-seconds': trial };
      if (kind in sustained) search['start-rate'] = sustained[kind];
      const saturated = await load(kind, search);
      sustained[kind] = saturated.rate;
      return { steady, saturated };
    };
    const results = await bench.takeTurns('fanout', subjects, measure);
    return { ...describe(results, syncs, size), data: { results, syncs } };
  },
};

function describe(results, syncs, { people, rooms, rate }) {
  const of = (kind, field) => results[kind].map((result) => (result === null ? NaN : field(result)));
  const saturatedCpu = (kind) => of(kind, ({ saturated }) => saturated.server.cpu_us_per_delivery);
  const steadyCpu = (kind) => of(kind, ({ steady }) => steady.server.cpu_us_per_delivery);
  const p99 = (kind) => of(kind, ({ steady }) => steady.seen_ms.p99);
  const toWarsha = (figures, kind) =>
    kind === 'warsha' ? '1' : figure(ratio(figures(kind), figures('warsha')));

  const rows = subjects.map((kind) => {
    const busy = spread(of(kind, ({ saturated }) => saturated.client_cpu_share));
    return [
      kinds[kind].title,
      figure(spread(of(kind, ({ saturated }) => saturated.deliveries_per_second))) +
        (busy !== null && busy.median > clientBound ? ' †' : ''),
      figure(spread(saturatedCpu(kind))),
      toWarsha(saturatedCpu, kind),
      figure(spread(steadyCpu(kind))),
      toWarsha(steadyCpu, kind),
      figure(spread(of(kind, ({ steady }) => steady.seen_ms.p50))),
      figure(spread(p99(kind))),
      toWarsha(p99, kind),
    ];
  });

  const deliveries = ((rate * people) / rooms).toLocaleString('en');
  return {
    title: 'Messages to rooms',
    words:
      `${people.toLocaleString('en')} people in ${rooms} rooms, texts of 200 bytes, server on one core, load on the other. ` +
      `CPU is the whole server process's, in µs for one delivery (one message at one person). Seen: from the moment a ` +
      `message was due to be sent until the last of its room has it, in ms, at ${deliveries} deliveries/s. ` +
      '"× Warsha" is the median of the ratios of each round.',
    columns: [
      'server',
      'deliveries/s saturated',
      'CPU saturated',
      '× Warsha',
      `CPU at ${deliveries}/s`,
      '× Warsha',
      'seen p50',
      'seen p99',
      '× Warsha',
    ],
    rows,
    goals: goals(saturatedCpu, p99, syncs),
    notes: [
      ...subjects.map((kind) => `${kinds[kind].title}: ${kinds[kind].lacks}.`),
      'uWebSockets is optional and absent: neither Debian nor npm has it.',
      `One sync of the disk beside Warsha's database: p50 ${figure(spread(syncs.map((sync) => sync.p50)))} ms, ` +
        `p99 ${figure(spread(syncs.map((sync) => sync.p99)))} ms.`,
      '† The load used more than 90 % of its own core: the server could have done more; its CPU per delivery still holds.',
    ],
  };
}

function goals(saturatedCpu, p99, syncs) {
  const ofBare = ratio(saturatedCpu('warsha'), saturatedCpu('bare'));
  const ofWs = ratio(saturatedCpu('ws'), saturatedCpu('warsha'));
  const wait = ratio(p99('warsha'), p99('ws'));
  const own = spread(p99('warsha'));
  const sync = spread(syncs.map(({ p50 }) => p50));
  return [
    judge('saturated, at most 0.4 of bare Beast’s CPU per delivery', ofBare?.median, {
      most: 0.4,
      shown: figure(ofBare),
    }),
    judge('saturated, at least 3 times better than ws', ofWs?.median, {
      least: 3,
      shown: `${figure(ofWs)} times`,
    }),
    judge('seen p99 at most that of ws in the same round', wait?.median, {
      most: 1,
      shown: `${figure(wait)} of it`,
    }),
    judge('seen p99 at most 10 ms and one sync of the disk', own?.median, {
      most: 10 + (sync?.median ?? 0),
      shown: `${figure(own)} ms, of ${(10 + (sync?.median ?? 0)).toFixed(1)} ms`,
    }),
  ];
}
