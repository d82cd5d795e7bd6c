import { codePoints } from '../../../../client-web/src/lib/live/text-edit';
import type { Cursor, DraftChannel, DraftListener } from '../../../../client-web/src/lib/writing/channel';
import { DraftWriter } from '../../../../client-web/src/lib/writing/draft-writer';
import * as edits from '../../../../client-web/src/lib/writing/edit';
import { Chance, Clock } from './random';
import { ServerModel } from './server-model';

export interface Hall {
  seed: number;
  /** One way, in ms; one writer each. */
  latencies: number[];
  seconds: number;
  /** Whether they stop to think now and then. */
  thinking: boolean;
}

/** The times, in ms, from a letter's being typed to its being on the server, for each writer. */
export function turns({ seed, latencies, seconds, thinking }: Hall): {
  waits: number[][];
  rejected: number;
  applied: number;
} {
  const clock = new Clock();
  const chance = new Chance(seed);
  const server = new ServerModel();
  const carets = new Map<string, number>();
  const people: {
    publish(): void;
    signals(cursors: Map<string, number>): void;
  }[] = [];
  const waits: number[][] = [];
  let publishing = false;
  const publishSoon = () => {
    if (publishing) return;
    publishing = true;
    clock.after(20, () => {
      publishing = false;
      for (const person of people) person.publish();
    });
  };
  const tellSignals = (): void => {
    for (const person of people) person.signals(new Map(carets));
    if (clock.time < (seconds + 60) * 1000) clock.after(300, tellSignals); // limits.hpp: kSignalInterval
  };

  latencies.forEach((latency, index) => {
    const me = `p${index}`;
    const board = { text: '', revision: 0, epoch: 'a', seq: 0 };
    let cursors: Cursor[] = [];
    let listener!: DraftListener;
    let told = 0;
    let lastArrival = 0;
    let ids = 0;
    let typedAt: number[] = [];
    const delay = () => Math.round(latency * (0.8 + 0.4 * chance.next()));
    const arrive = (act: () => void) => {
      lastArrival = Math.max(lastArrival, clock.time + delay());
      clock.after(lastArrival - clock.time, act);
    };
    const underWay = new Map<string, number[]>();
    const own: number[] = [];
    waits.push(own);
    const channel: DraftChannel = {
      me: () => me,
      current: () => ({ ...board }),
      connected: () => true,
      cursor: (at) => void clock.after(delay(), () => (at === null ? carets.delete(me) : carets.set(me, at))),
      cursors: () => cursors,
      listen: (heard) => ((listener = heard), () => {}),
      send(command) {
        underWay.set(command.id, typedAt);
        typedAt = [];
        clock.after(delay(), () => {
          const reply = server.submit(structuredClone(command), me);
          publishSoon();
          const typed = underWay.get(command.id)!;
          if ('seq' in reply) for (const at of typed) own.push(clock.time - at);
          else typedAt = [...typed, ...typedAt];
          arrive(() =>
            listener.answered(
              reply.id,
              'seq' in reply
                ? { ok: true, seq: reply.seq }
                : { ok: false, code: reply.code, limit: reply.limit },
            ),
          );
        });
      },
    };
    const writer = new DraftWriter(channel, { view() {}, change() {}, keep() {} }, null, {
      now: clock.now,
      after: clock.after,
      makeId: () => `${me}-${ids++}`,
    });
    people.push({
      publish() {
        const events = server.events.slice(told);
        told = server.seq;
        if (events.length === 0) return;
        arrive(() => {
          for (const event of events) {
            board.text = edits.apply(board.text, event.edit);
            board.revision = event.revision;
            board.seq = event.seq;
            listener.heard(event);
          }
        });
      },
      signals(all) {
        all.delete(me);
        arrive(() => {
          cursors = [...all].map(([who, at]) => ({ who, at }));
          listener.cursors();
        });
      },
    });
    const type = (): void => {
      if (clock.time > seconds * 1000) return;
      const length = codePoints(writer.view);
      const at = chance.below(length + 1);
      typedAt.push(clock.time);
      writer.type(length > 300 ? [{ d: 100 }] : at > 0 ? [at, 'a'] : ['a']);
      writer.caret(Math.min(at + 1, codePoints(writer.view)));
      clock.after(
        thinking && chance.happens(0.08) ? 1_500 + chance.below(2_500) : 150 + chance.below(200),
        type,
      );
    };
    clock.after(chance.below(300), type);
  });
  tellSignals();
  while (clock.step());
  return { waits, rejected: server.rejections, applied: server.seq };
}
