// What a participant costs in memory who is there and says nothing.
import { run } from '../load.mjs';
import { figure, judge } from '../report.mjs';
import { kinds, knowsTls, withServer } from '../servers.mjs';
import { spread } from '../statistics.mjs';

export default {
  name: 'memory',
  about: 'memory of an idle participant: Warsha plain and with TLS, ws, Socket.IO, bare Beast',

  async run(bench) {
    const people = bench.pick({ quick: 200, normal: 2000, reference: 10000 });
    const tls = knowsTls();
    const subjects = ['warsha', ...(tls ? ['warsha-tls'] : []), 'ws', 'socketio', 'bare'];
    const rounds = bench.fewerRounds(3);
    const measure = (kind) =>
      withServer(kind, { cores: bench.serverCore }, (server) =>
        run('idle', server, { people, rooms: people / 50, seconds: 0.5 }, { cores: bench.loadCore }),
      );
    const results = await bench.takeTurns('memory', subjects, measure, rounds);
    const kibibytes = (kind) =>
      spread(
        (results[kind] ?? []).map((result) => (result?.server?.memory_bytes_per_connection ?? NaN) / 1024),
      );
    const goal = (kind, words, most) =>
      judge(words, kibibytes(kind)?.median, { most, shown: `${figure(kibibytes(kind))} KiB` });
    return {
      title: 'Memory of an idle participant',
      words:
        `${people.toLocaleString('en')} people in rooms of 50 who connected, are up to date and say nothing: ` +
        'what the server process grew by, divided by their number, in KiB. The kernel’s socket buffers are not in it. ' +
        `Medians of ${rounds}.`,
      columns: ['server', 'KiB a participant'],
      rows: subjects.map((kind) => [kinds[kind].title, figure(kibibytes(kind))]),
      goals: [
        goal('warsha', 'at most 12 KiB', 12),
        ...(tls ? [goal('warsha-tls', 'with TLS, at most 45 KiB', 45)] : []),
      ],
      notes: tls ? [] : ['This build of Warsha ends no TLS itself: not measured.'],
      data: results,
    };
  },
};
