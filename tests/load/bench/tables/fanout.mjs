// Messages to rooms: what a delivery costs the server, and how long it takes until everybody has it.
import { diskSync } from '../disk.mjs';
import { run } from '../load.mjs';
import { figure, judge } from '../report.mjs';
import { kinds, withServer } from '../servers.mjs';
import { ratio, spread } from '../statistics.mjs';

const subjects = ['warsha', 'ws', 'socketio', 'yjs', 'bare', 'gather'];
/** Of one server in one run; a search takes several times as long as a round. */
const mostSearches = 2;

export default {
  name: 'fanout',
  about: 'CPU per delivery, saturated and at 50,000 deliveries/s, and p50/p99, against every peer',

  async run(bench) {
    const size = bench.pick({
      quick: { people: 100, rooms: 2, rate: 100, staff: 2, seconds: 0.5, warmup: 0.2 },
      normal: { people: 1000, rooms: 20, rate: 1000, staff: 10, seconds: 2, warmup: 0.5 },
      reference: { people: 1000, rooms: 20, rate: 1000, staff: 10, seconds: 10, warmup: 2 },
    });
    const roomSize = size.people / size.rooms;
    const common = { people: size.people, rooms: size.rooms, 'message-bytes': 200 };
    const times = { seconds: size.seconds, warmup: size.warmup };
    const trial = bench.pick({ quick: 0.2, normal: 0.8, reference: 2.5 });
    const syncs = [];
    /** The highest rate that each server was found to sustain, with all that was measured of it. */
    const found = {};
    const searches = {};
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
    const search = async (kind, from) => {
      const start = from === undefined ? {} : { 'start-rate': from };
      searches[kind] = (searches[kind] ?? 0) + 1;
      const options = { rate: 'saturate', 'trial-seconds': trial, ...start };
      // People are permitted too little together to saturate a room.
      if (kinds[kind].target === 'warsha') options.staff = size.staff;
      const result = await load(kind, options);
      if (!(found[kind]?.rate >= result.rate)) found[kind] = result;
      return result;
    };
    /** A search that something else on the machine disturbed ends far too low: it is made again, once. */
    const searchFrom = async (kind, rate) => {
      const result = await search(kind, rate);
      return result.rate < rate / 2 ? search(kind, rate) : result;
    };
    /**
     * At the rate that was found before; if that no longer is the highest, it is searched for again from there, but not in
     * every round: on a busy machine it never is.
     */
    const saturate = async (kind) => {
      // A smoke run searches once for each kind of crowd, and not far.
      if (bench.mode === 'quick')
        return ['warsha', 'bare'].includes(kind) ? search(kind, 400) : load(kind, { rate: 400 });
      if (!(kind in found)) return search(kind);
      const { rate, limited_by } = found[kind];
      // Warsha permits people a rate each: only a search has its staff speak as well.
      if (kinds[kind].target !== 'warsha') {
        const held = await load(kind, { rate });
        if (isSaturated(held) || searches[kind] >= mostSearches) return { ...held, limited_by };
      }
      return searchFrom(kind, rate);
    };
    const measure = async (kind) => {
      const steady = await load(kind, { rate: size.rate }, (server) => {
        if (kind === 'warsha') syncs.push(diskSync(server.folder));
      });
      return { steady, saturated: await saturate(kind) };
    };
    const results = await bench.takeTurns('fanout', subjects, measure);
    return { ...describe(results, syncs, size), data: { results, syncs } };
  },
};

/** It kept up, within the lag that a search allows, and had little time left. */
function isSaturated({ rate, unseen_at_end, server }) {
  return unseen_at_end <= rate / 4 && server.cpu_share > 0.8;
}

function describe(results, syncs, { people, rooms, rate }) {
  const of = (kind, field) => results[kind].map((result) => (result === null ? NaN : field(result)));
  const saturatedCpu = (kind) => of(kind, ({ saturated }) => saturated.server.cpu_us_per_delivery);
  const steadyCpu = (kind) => of(kind, ({ steady }) => steady.server.cpu_us_per_delivery);
  const p99 = (kind) => of(kind, ({ steady }) => steady.seen_ms.p99);
  const toWarsha = (figures, kind) =>
    kind === 'warsha' ? '1' : figure(ratio(figures(kind), figures('warsha')));

  const rows = subjects.map((kind) => [
    kinds[kind].title,
    figure(spread(of(kind, ({ saturated }) => saturated.deliveries_per_second))) + limit(results[kind]),
    figure(spread(saturatedCpu(kind))),
    toWarsha(saturatedCpu, kind),
    figure(spread(steadyCpu(kind))),
    toWarsha(steadyCpu, kind),
    figure(spread(of(kind, ({ steady }) => steady.seen_ms.p50))),
    figure(spread(p99(kind))),
    toWarsha(p99, kind),
  ]);

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
      '† The load had no time left, ‡ people and staff were not permitted to send more: in both the server could have done ' +
        'more, and its CPU per delivery would rather be lower.',
    ],
  };
}

/** A mark when something else than the server kept the rate from being higher, in most rounds. */
function limit(rounds) {
  const marks = { 'this program': ' †', 'what people are permitted to send': ' ‡' };
  const limits = rounds.map((result) => result?.saturated.limited_by);
  const mostly = limits.find((limit) => limits.filter((other) => other === limit).length > rounds.length / 2);
  return marks[mostly] ?? '';
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
