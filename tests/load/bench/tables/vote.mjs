// A whole room votes within two seconds: how long until all have seen it, and how much is sent for it.
import { run } from '../load.mjs';
import { figure, judge } from '../report.mjs';
import { withServer } from '../servers.mjs';
import { spread } from '../statistics.mjs';

export default {
  name: 'vote',
  about: 'a vote that closes in a room of 500, and what is sent at 125, 250, 500, 1,000 people',

  async run(bench) {
    const within = 2;
    const room = bench.pick({ quick: 50, normal: 500 });
    const sizes = bench.pick({ quick: [25, 50], normal: [125, 250, 500, 1000] });
    const vote = (people) =>
      withServer('warsha', { cores: bench.serverCore }, (server) =>
        run('vote', server, { sizes: people, within }, { cores: bench.loadCore }),
      );
    // Counts hardly differ between rounds: every size once in a short run, the goal's own size in each round.
    const turns = bench.pick({ quick: 1, normal: 1, reference: bench.rounds });
    const others = sizes.filter((people) => people !== room);
    const results = {
      ...(await bench.takeTurns('vote', others, vote, turns)),
      ...(await bench.takeTurns('vote', [room], vote)),
    };
    return { ...describe(results, sizes, room, within), data: results };
  },
};

function describe(results, sizes, room, within) {
  const of = (people, field) =>
    spread(results[people].map((result) => (result === null ? NaN : field(result))));
  const p99 = of(room, (result) => result.seen_ms.p99);
  const [least, most] = [sizes[0], sizes.at(-1)];
  // 1: twice the people, twice as much; 2: four times.
  const power = (field) =>
    Math.log((of(most, field)?.median ?? NaN) / (of(least, field)?.median ?? NaN)) / Math.log(most / least);
  const growth = (what, field) =>
    judge(`${what} grow with the people, from ${least} to ${most} (power at most 1.1)`, power(field), {
      most: 1.1,
      shown: `power ${power(field).toFixed(2)}`,
    });
  return {
    title: 'A vote closes',
    words:
      `Everybody in one room votes within ${within} s, each at a moment of their own. Seen: from the moment a vote was due until ` +
      'the last of the room has it, in ms. Messages are WebSocket frames that the server sent to all of them together.',
    columns: ['people', 'seen p50', 'seen p99', 'messages', 'messages a person', 'bytes a person', 'rounds'],
    rows: sizes.map((people) => [
      people.toLocaleString('en'),
      figure(of(people, (result) => result.seen_ms.p50)),
      figure(of(people, (result) => result.seen_ms.p99)),
      figure(of(people, (result) => result.frames)),
      figure(of(people, (result) => result.frames / people)),
      figure(of(people, (result) => result.bytes / people)),
      results[people].length,
    ]),
    goals: [
      judge(`${room} people: seen p99 at most 250 ms`, p99?.median, {
        most: 250,
        shown: `${figure(p99)} ms`,
      }),
      growth('messages', (result) => result.frames),
      growth('bytes', (result) => result.bytes),
    ],
    notes: [
      'A server without time gathers more into each message, so that messages alone would flatter a busy machine: ' +
        'bytes must not grow faster either.',
    ],
  };
}
