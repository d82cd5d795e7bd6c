import type { Cursor, DraftChannel, DraftListener } from '../../../../client-web/src/lib/writing/channel';
import type { Command, Known } from '../../../../client-web/src/lib/writing/draft-session';
import { DraftWriter, type KeptDraft } from '../../../../client-web/src/lib/writing/draft-writer';
import * as edits from '../../../../client-web/src/lib/writing/edit';
import { codePoints } from '../../../../client-web/src/lib/live/text-edit';
import { Chance, Clock } from './random';
import { ServerModel, type DraftChange, type Reply } from './server-model';

export interface Options {
  seed: number;
  devices?: number;
  /** How many of the devices are a second device of the person of the first. */
  twins?: number;
  /** Edits each device makes. */
  edits?: number;
  /** Each edit puts in code points that occur nowhere else, so that each can be followed. */
  distinct?: boolean;
  /** Edits that the server keeps to fit later ones in after; 512 if nothing is said. */
  kept?: number;
  /** What may happen besides latency. */
  trouble?: Partial<Record<'offline' | 'reload' | 'snapshot' | 'refuse' | 'backup', boolean>>;
}
export interface Figures {
  edits: number;
  applied: number;
  rejected: number;
  fitted: number;
  reloads: number;
  losses: number;
  snapshots: number;
  restores: number;
  inserted: number;
  deleted: number;
  finalLength: number;
}

/** A page: what LiveWorkshop does with its socket, outbox and board, for one draft, on a bad network. */
class Device implements DraftChannel {
  writer!: DraftWriter;
  /** What the screen shows: only ever changed by what was typed and by the edits the writer gives out. */
  screen = '';
  kept: KeptDraft | null = null;
  private board: Known & { epoch: string };
  private savedBoard: (Known & { epoch: string }) | null = null;
  private outbox = new Map<string, Command>();
  private listeners = new Set<DraftListener>();
  private online = true;
  /** Each connection has a number: what is under way on another one never arrives. */
  private line = 0;
  private lastArrival = 0;
  private told = 0;
  private latency: number;
  private ids = 0;

  constructor(
    private readonly world: Simulation,
    readonly name: string,
    readonly alias: string,
  ) {
    this.latency = 5 + world.chance.next() ** 3 * 900;
    this.board = this.snapshot();
    this.open();
  }

  private open(): void {
    this.writer = new DraftWriter(
      this,
      {
        view: (edit) => (this.screen = edits.apply(this.screen, edit)),
        change: () => {},
        // As through a structured clone.
        keep: (kept) => (this.kept = kept && structuredClone(kept)),
      },
      this.kept,
      {
        now: this.world.clock.now,
        after: this.world.clock.after,
        makeId: () => `${this.name}-${this.ids++}`,
      },
    );
    this.screen = this.writer.view;
  }

  // --- DraftChannel

  me = (): string => this.alias;
  current = () => ({
    text: this.board.text,
    revision: this.board.revision,
    epoch: this.board.epoch,
    seq: this.board.seq,
  });
  connected = (): boolean => this.online;
  send(command: Command): void {
    this.outbox.set(command.id, command);
    if (this.online) this.transmit(command);
  }
  cursor(at: number | null): void {
    if (at !== null && (at < 0 || at > 2000)) throw Error(`a caret at ${at}`);
  }
  /** The others are always there: the fast pace, which is the hard case; sometimes nobody: the slow one. */
  cursors = (): Cursor[] => (this.world.lonely ? [] : [{ who: 'other', at: 3 }]);
  listen(listener: DraftListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  private tell(act: (listener: DraftListener) => void): void {
    for (const listener of [...this.listeners]) act(listener);
  }

  // --- The network

  private delay(): number {
    // Whole milliseconds: sums of fractions could put a later message before an earlier one.
    return Math.round(this.latency * (0.5 + this.world.chance.next()));
  }
  private transmit(command: Command): void {
    const line = this.line;
    const wire = JSON.parse(JSON.stringify(command)) as Command;
    this.world.clock.after(this.delay(), () => {
      // What is on its way when a connection ends may still come through.
      if (line !== this.line && this.world.chance.happens(0.5)) return;
      const reply = this.world.server.submit(wire, this.alias);
      this.world.publishSoon();
      this.arrive(line, () => this.answer(reply));
    });
  }
  /** Messages of one connection arrive in their order. */
  private arrive(line: number, act: () => void): void {
    const at = Math.max(this.lastArrival, this.world.clock.time + this.delay());
    this.lastArrival = at;
    this.world.clock.after(at - this.world.clock.time, () => {
      if (line === this.line && this.online) act();
    });
  }
  private answer(reply: Reply): void {
    if (!this.outbox.delete(reply.id)) return;
    this.tell((listener) =>
      listener.answered(
        reply.id,
        'seq' in reply ? { ok: true, seq: reply.seq } : { ok: false, code: reply.code, limit: reply.limit },
      ),
    );
  }
  /** The server sends everything after what it last told this connection. */
  publish(): void {
    if (!this.online || this.told >= this.world.server.seq) return;
    const events = this.world.server.events.slice(this.told).map((event) => structuredClone(event));
    this.told = this.world.server.seq;
    this.arrive(this.line, () => this.take(events));
  }
  private take(events: DraftChange[]): void {
    const { chance } = this.world;
    for (const event of events) {
      const isNew = event.seq > this.board.seq;
      if (isNew) {
        if (event.seq !== this.board.seq + 1) throw Error('the simulated board has a gap');
        this.board = {
          ...this.board,
          text: edits.apply(this.board.text, event.edit),
          revision: event.revision,
          seq: event.seq,
        };
      }
      // A board tells each event once; the writer must not depend on it.
      if (isNew || chance.happens(0.2)) this.tell((listener) => listener.heard(event));
      if (chance.happens(0.02)) this.tell((listener) => listener.heard(event));
    }
  }
  private snapshot() {
    const { text, revision, seq, epoch } = this.world.server;
    return { text, revision, seq, epoch };
  }

  // --- What happens to a device

  drop(): void {
    if (!this.online) return;
    this.world.figures.losses++;
    this.online = false;
    this.line++;
    this.tell((listener) => listener.connection());
  }
  comeBack(): void {
    if (this.online) return;
    this.online = true;
    this.line++;
    this.lastArrival = 0;
    const { server, trouble, chance } = this.world;
    const behind = this.board.epoch !== server.epoch;
    if (behind || (trouble.snapshot && chance.happens(0.4))) {
      this.world.figures.snapshots++;
      this.board = this.snapshot();
      this.told = this.board.seq;
      if (chance.happens(0.5)) this.tell((listener) => listener.replaced());
      else {
        this.tell((listener) => listener.connection());
        this.tell((listener) => listener.replaced());
      }
    } else {
      // Told again: some of what it has. Its resume point may be older than what arrived.
      this.told = Math.max(0, this.board.seq - chance.below(4));
    }
    this.tell((listener) => listener.connection());
    for (const command of this.outbox.values()) this.transmit(command);
    this.publish();
  }
  /** A board that is told to fetch a snapshot without having lost its connection. */
  resync(): void {
    if (!this.online) return;
    this.world.figures.snapshots++;
    const line = this.line;
    this.told = this.world.server.seq;
    this.arrive(line, () => {
      if (this.board.epoch === this.world.server.epoch && this.world.server.seq < this.board.seq) return;
      this.board = this.snapshot();
      this.told = Math.max(this.told, this.board.seq);
      this.tell((listener) => listener.replaced());
    });
  }
  saveBoard(): void {
    this.savedBoard = { ...this.board };
  }
  /** The page goes and comes again: what was in memory is gone, what was kept is there. */
  reload(): void {
    this.world.figures.reloads++;
    this.writer.stop();
    this.listeners.clear();
    this.outbox.clear();
    this.online = false;
    this.line++;
    if (this.savedBoard && this.world.chance.happens(0.5)) this.board = { ...this.savedBoard };
    else this.board = this.snapshot();
    this.open();
  }
}

/** Several devices on one draft, each with its latency and its troubles, until all is quiet; then everything is compared. */
export class Simulation {
  readonly chance: Chance;
  readonly clock = new Clock();
  readonly server: ServerModel;
  readonly trouble: NonNullable<Options['trouble']>;
  readonly lonely: boolean;
  readonly figures: Figures = {
    edits: 0,
    applied: 0,
    rejected: 0,
    fitted: 0,
    reloads: 0,
    losses: 0,
    snapshots: 0,
    restores: 0,
    inserted: 0,
    deleted: 0,
    finalLength: 0,
  };
  private devices: Device[] = [];
  private publishing = false;
  private nextLetter = 0;
  private inserted = new Set<string>();
  private deleted = new Set<string>();
  private busy: number;

  constructor(private readonly options: Options) {
    this.chance = new Chance(options.seed);
    this.server = new ServerModel(options.kept);
    this.trouble = options.trouble ?? {
      offline: true,
      reload: true,
      snapshot: true,
      refuse: true,
    };
    this.lonely = this.chance.happens(0.2);
    const count = options.devices ?? 8;
    const twins = options.twins ?? 1;
    for (let i = 0; i < count; i++)
      this.devices.push(new Device(this, `d${i}`, i <= twins ? 'person0' : `person${i}`));
    this.busy = count;
  }

  /** Runs to the end and throws when anything is not as it must be. */
  run(): Figures {
    for (const device of this.devices) this.live(device, this.options.edits ?? 25);
    if (this.trouble.refuse) this.refuseNowAndThen();
    if (this.trouble.backup) this.clock.after(3_000 + this.chance.below(10_000), () => this.restore());
    let steps = 0;
    while (this.clock.step()) if (++steps > 2_000_000) throw Error('it does not come to rest');
    this.compare();
    return this.figures;
  }

  /** Everybody is told what happened, a little later and together. */
  publishSoon(): void {
    if (this.publishing) return;
    this.publishing = true;
    this.clock.after(this.chance.below(60), () => {
      this.publishing = false;
      for (const device of this.devices) device.publish();
    });
  }

  private live(device: Device, left: number): void {
    if (left === 0) {
      this.busy--;
      device.comeBack();
      return;
    }
    const pause = this.chance.happens(0.8) ? this.chance.below(300) : this.chance.below(4_000);
    this.clock.after(pause, () => {
      if (this.chance.happens(0.9)) this.write(device);
      else this.happenTo(device);
      this.live(device, left - 1);
    });
  }

  private happenTo(device: Device): void {
    const { chance, trouble } = this;
    const what = chance.below(4);
    if (what === 0 && trouble.offline) {
      device.drop();
      this.clock.after(chance.below(chance.happens(0.8) ? 2_000 : 20_000), () => device.comeBack());
    } else if (what === 1 && trouble.reload) {
      device.reload();
      this.clock.after(chance.below(3_000), () => device.comeBack());
    } else if (what === 2 && trouble.snapshot) device.resync();
    else if (what === 3) device.saveBoard();
  }

  private refuseNowAndThen(): void {
    if (this.busy === 0) {
      this.server.refusing = null;
      return;
    }
    this.clock.after(2_000 + this.chance.below(10_000), () => {
      this.server.refusing = 'writing_paused';
      this.clock.after(this.chance.below(3_000), () => {
        this.server.refusing = null;
        this.refuseNowAndThen();
      });
    });
  }

  /** The server comes back from a backup: everybody's connection ends, and revisions go back. */
  private restore(): void {
    this.figures.restores++;
    this.server.putBack(this.chance.below(6));
    for (const device of this.devices) {
      device.drop();
      this.clock.after(this.chance.below(3_000), () => device.comeBack());
    }
  }

  /** A person types, deletes, replaces or pastes somewhere in what they see. */
  private write(device: Device): void {
    const { chance } = this;
    const before = [...device.screen];
    const at = chance.happens(0.4) ? before.length : chance.below(before.length + 1);
    const wantsDeletion = before.length > 0 && chance.happens(before.length > 150 ? 0.8 : 0.35);
    const gone = wantsDeletion ? Math.min(before.length - at, 1 + chance.below(6)) : 0;
    const words =
      wantsDeletion && chance.happens(0.6)
        ? ''
        : this.letters(1 + chance.below(chance.happens(0.9) ? 4 : 30));
    if (gone === 0 && words === '') return;
    this.figures.edits++;
    for (const letter of before.slice(at, at + gone)) this.deleted.add(letter);
    const edit = edits.between(
      device.screen,
      [...before.slice(0, at), ...words, ...before.slice(at + gone)].join(''),
    );
    device.screen = edits.apply(device.screen, edit);
    device.writer.type(edit);
    const length = codePoints(device.screen);
    device.writer.caret(chance.happens(0.1) ? null : Math.min(length, at + codePoints(words)));
    for (const { at: caret } of device.writer.carets())
      if (caret < 0) throw Error(`somebody's caret at ${caret}`);
  }

  private letters(count: number): string {
    const { chance } = this;
    if (this.options.distinct === false)
      return Array.from({ length: count }, () => chance.one(['a', 'b', 'ب', '\u064e', '👩', '\n', ' '])).join(
        '',
      );
    let letters = '';
    for (let i = 0; i < count; i++) {
      // Ideographs of the basic plane and of the one beyond, which take two UTF-16 units.
      const number = this.nextLetter++;
      const letter = String.fromCodePoint((number % 2 ? 0x4e00 : 0x20000) + (number >> 1));
      this.inserted.add(letter);
      letters += letter;
    }
    return letters;
  }

  private compare(): void {
    const { server, devices, figures } = this;
    for (const device of devices) {
      const { view, state } = device.writer;
      if (view !== device.screen) throw Error(`${device.name}: the screen is not what its writer says`);
      if (state !== 'kept') throw Error(`${device.name} is ${state} at the end`);
      if (device.kept) throw Error(`${device.name} keeps something for a reload though all is settled`);
      if (view !== server.text)
        throw Error(
          `${device.name} sees ${JSON.stringify(view)}, the server has ${JSON.stringify(server.text)}`,
        );
    }
    Object.assign(figures, {
      applied: server.seq,
      rejected: server.rejections,
      fitted: server.fitted,
      inserted: this.inserted.size,
      deleted: this.deleted.size,
      finalLength: codePoints(server.text),
    });
    if (this.options.distinct === false || this.trouble.backup) return;
    const letters = [...server.text];
    if (new Set(letters).size !== letters.length) throw Error('a letter is doubled');
    const present = new Set(letters);
    for (const letter of this.inserted)
      if (!present.has(letter) && !this.deleted.has(letter)) throw Error(`${letter} is lost`);
    for (const letter of this.deleted)
      if (present.has(letter)) throw Error(`${letter} was deleted and is there`);
  }
}

/** What a run of the soak does, all of it from its seed: most with eight devices and every trouble. */
export function optionsOf(seed: number): Options {
  const chance = new Chance(seed ^ 0x5eed);
  const many = chance.happens(0.7);
  return {
    seed,
    devices: many ? 8 : 2 + chance.below(4),
    twins: chance.below(3),
    edits: 5 + chance.below(30),
    distinct: chance.happens(0.85),
    ...(chance.happens(0.2) ? { kept: chance.below(6) } : {}),
    trouble: {
      offline: chance.happens(0.9),
      reload: chance.happens(0.8),
      snapshot: chance.happens(0.8),
      refuse: chance.happens(0.5),
      backup: chance.happens(0.05),
    },
  };
}
