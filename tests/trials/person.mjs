// One simulated person in a workshop, as the client of the project behaves: commands wait in an outbox until they
// are acknowledged and are sent again after every welcome; the board is a snapshot and every event after it.
import { request } from './http.mjs';
import { between, pick, uuidv7 } from './random.mjs';
import { LiveSocket } from './socket.mjs';

const temporary = new Set(['too_fast', 'read_only', 'busy']);
/** Rejections that a race with somebody else's command explains; any other is a fault. */
const lawful = new Set(['contribution_hidden', 'contribution_withdrawn', 'too_many_contributions']);
const words = 'الماء الطريق المدرسة النقل المستشفى ورشة école route eau santé transport concertation'.split(
  ' ',
);
const tooFastPauseMs = 400;
const snapshotAgainMs = 100;

export class Person {
  cookie = '';
  socket = null;
  state = 'away'; // away, coming, live
  epoch = undefined;
  seq = 0;
  board = new Map(); // contribution id → { text, state, supports }
  ids = []; // of the board's contributions, to choose from
  own = new Set(); // by its own ids: what it wrote may be on the board before its acknowledgement is here
  supported = new Set();
  outbox = new Map(); // command id → command, in the order they were given
  busy = new Set(); // contributions that a command in the outbox is about
  idle = true; // writes nothing by itself
  readOnly = false;
  byes = [];
  statuses = [];
  ends = []; // how its connections ended
  ticks = 0;
  count = 0; // of what it wrote, for texts that never repeat

  /** settings: window (commands in flight), paceMs (rest after each), comeBackMs(how it ended), silenceMs, connectMs, staff with credentials. */
  constructor(name, room, history, settings) {
    this.name = name;
    this.room = room;
    this.history = history;
    this.settings = { window: 4, comeBackMs: () => 20, silenceMs: 35_000, connectMs: 5_000, ...settings };
  }

  get audience() {
    return this.settings.staff ? 'staff' : 'room';
  }

  async enter() {
    const { staff, credentials } = this.settings;
    const answer = staff
      ? await request(this.room.where(), 'POST', '/api/session', { body: credentials })
      : await request(this.room.where(), 'POST', '/api/join', {
          body: { code: this.history.workshop.join_code, language: 'ar', notice_version: 1 },
        });
    if (answer.status !== 201)
      throw new Error(`${this.name} could not enter: ${answer.status} ${answer.text}`);
    this.cookie = answer.cookie;
  }

  // --- The connection -------------------------------------------------------------------------------

  connect() {
    clearTimeout(this.retry);
    if (this.stopped) return;
    this.state = 'coming';
    this.expectWithin(this.settings.connectMs);
    const as = this.settings.staff ? 'staff' : 'participant';
    const socket = new LiveSocket(
      { ...this.room.where(), path: `/live/${this.history.workshop.id}?as=${as}`, cookie: this.cookie },
      {
        open: () => void this.hello(),
        message: (message) => {
          this.expectWithin(this.settings.silenceMs);
          this.take(message);
        },
        closed: (how) => this.lost(how),
      },
    );
    this.socket = socket;
  }

  leave() {
    this.stopped = true;
    this.drop();
  }

  drop() {
    clearTimeout(this.alarm);
    clearTimeout(this.retry);
    this.socket?.drop();
    this.socket = null;
    this.state = 'away';
  }

  /** Nothing heard in time: the socket is given up. */
  expectWithin(ms) {
    clearTimeout(this.alarm);
    this.alarm = setTimeout(() => {
      this.socket?.drop();
      this.lost({ error: 'silence' });
    }, ms);
  }

  lost(how) {
    this.drop();
    this.ends.push(how);
    if (this.ends.length > 1_000) this.ends.shift();
    if (how.code >= 4500) this.room.faults.add('refused', `${this.name} was closed with ${how.code}`);
    if (this.stopped) return;
    this.retry = setTimeout(() => this.connect(), this.settings.comeBackMs(how));
  }

  async hello() {
    if (this.epoch === undefined) return this.resynchronise(this.snapshotPath());
    this.socket?.send({ type: 'hello', resume: { epoch: this.epoch, seq: this.seq } });
  }

  snapshotPath() {
    return `/api/workshops/${this.history.workshop.id}/snapshot?audience=${this.audience}`;
  }

  async resynchronise(path) {
    const socket = this.socket;
    let answer;
    try {
      answer = await request(this.room.where(), 'GET', path, { cookie: this.cookie });
    } catch {
      answer = { status: 0 };
    }
    if (socket !== this.socket || !socket || socket.ended) return;
    if (answer.status !== 200) {
      this.retry = setTimeout(() => void this.resynchronise(path), snapshotAgainMs);
      return;
    }
    this.readSnapshot(answer.json);
    await this.hello();
  }

  readSnapshot(snapshot) {
    if (this.epoch !== undefined && snapshot.epoch === this.epoch && snapshot.seq < this.seq)
      this.room.faults.add(
        'went back',
        `${this.name} was at ${this.seq}, the snapshot is at ${snapshot.seq}`,
      );
    this.epoch = snapshot.epoch;
    this.seq = snapshot.seq;
    this.board = new Map(
      snapshot.contributions.map(({ id, text, state, supports }) => [id, { text, state, supports }]),
    );
    this.ids = [...this.board.keys()];
  }

  put(id, contribution) {
    if (!this.board.has(id)) this.ids.push(id);
    this.board.set(id, contribution);
  }

  // --- What the server says -------------------------------------------------------------------------

  take(message) {
    switch (message.type) {
      case 'welcome':
        return this.welcome(message);
      case 'events':
        return this.events(message);
      case 'ack':
        return this.acknowledged(message);
      case 'reject':
        return this.rejected(message);
      case 'resync':
        return void this.resynchronise(message.snapshot);
      case 'bye':
        return void this.byes.push(message);
      case 'status':
        this.readOnly = message.read_only;
        this.statuses.push(message.read_only);
        if (!message.read_only) this.sendAll();
        return undefined;
      case 'tick':
        this.ticks++;
        this.lastTick = message.time;
        if (message.seq > this.seq && this.state === 'live') {
          this.room.faults.add('gaps', `${this.name} is at ${this.seq}, the tick says ${message.seq}`);
          void this.hello();
        }
        return undefined;
      default:
        return undefined;
    }
  }

  welcome(message) {
    this.readOnly = message.read_only;
    this.supported = new Set(message.mine.supports);
    for (const { id } of message.mine.contributions) this.own.add(id);
    if (message.epoch !== this.epoch) return;
    this.state = 'live';
    this.sendAll();
    this.write();
  }

  events({ first, last, events }) {
    if (last <= this.seq) return;
    if (first > this.seq + 1) {
      this.room.faults.add('gaps', `${this.name} is at ${this.seq} and receives ${first} to ${last}`);
      return void this.hello();
    }
    for (const event of events) {
      if (event.seq <= this.seq) continue;
      this.history.leftOut(this.seq + 1, event.seq, last);
      this.seq = event.seq;
      this.history.saw(event, this.name);
      this.apply(event);
    }
    this.history.leftOut(this.seq + 1, last + 1, last);
    this.seq = last;
    this.room.sawEvents(events.length);
  }

  apply(event) {
    switch (event.type) {
      case 'contribution.added':
      case 'contribution.shown': {
        const { id, text, state, supports } = event.contribution;
        this.put(id, { text, state, supports });
        break;
      }
      case 'contribution.edited': {
        const known = this.board.get(event.contribution);
        if (known && event.text !== undefined) known.text = event.text;
        break;
      }
      case 'contribution.supported':
      case 'contribution.unsupported': {
        const known = this.board.get(event.contribution);
        if (known) known.supports = event.supports;
        break;
      }
      case 'contribution.hidden':
      case 'contribution.withdrawn': {
        const known = this.board.get(event.contribution);
        if (!known) break;
        known.state = event.type === 'contribution.hidden' ? 'hidden' : 'withdrawn';
        if (!this.settings.staff || known.state === 'withdrawn') known.text = undefined;
        break;
      }
      default:
        break;
    }
  }

  acknowledged({ id, seq, receipt }) {
    const command = this.outbox.get(id);
    if (!command) {
      const before = this.history.acked.get(id);
      if (!before) this.room.faults.add('false acks', `${this.name} never sent ${id}`);
      return;
    }
    this.history.ack(command, seq, receipt);
    if (command.action === 'contribute' && !this.board.has(id))
      this.put(id, { text: command.text, state: 'shown', supports: 0 });
    if (command.action === 'support') {
      if (command.on) this.supported.add(command.contribution);
      else this.supported.delete(command.contribution);
    }
    // The event may come a moment later; who chose by the board of before would ask for what is so already.
    const known = command.action === 'moderate' && this.board.get(command.contribution);
    if (known && seq > this.seq) known.state = command.hidden ? 'hidden' : 'shown';
    this.settle(command);
    this.room.acknowledged(command);
    const { paceMs } = this.settings;
    if (paceMs) setTimeout(() => this.write(), paceMs * (0.5 + this.room.chance()));
    else this.write();
  }

  rejected({ id, code }) {
    const command = this.outbox.get(id);
    if (!command) return;
    this.room.rejected(command, code);
    if (temporary.has(code)) {
      this.pauseThenSend(code === 'too_fast' ? tooFastPauseMs : undefined);
      return;
    }
    if (!lawful.has(code)) this.room.faults.add('rejected', `${this.name}: ${command.action}: ${code}`);
    this.history.reject(command, code);
    this.settle(command);
    this.write();
  }

  settle(command) {
    this.outbox.delete(command.id);
    this.busy.delete(command.contribution);
  }

  // --- Writing --------------------------------------------------------------------------------------

  pauseThenSend(ms) {
    if (this.paused || ms === undefined) return;
    this.paused = setTimeout(() => {
      this.paused = undefined;
      if (this.state === 'live') this.sendAll();
    }, ms);
  }

  sendAll() {
    for (const command of this.outbox.values()) this.socket?.send(command);
  }

  /** Fills the window, unless it is told to be quiet. Staff act at the room's own pace. */
  write(inTurn = !this.settings.staff) {
    if (this.idle || this.paused || this.state !== 'live' || !inTurn) return;
    while (this.outbox.size < this.settings.window) {
      const command = this.settings.staff ? this.moderation() : this.thought();
      if (!command) return;
      this.give(command);
    }
  }

  /** Keeps a command and sends it when there is a way: what a page does with what somebody typed. */
  give(fields) {
    const command = { type: 'command', id: uuidv7(), ...fields };
    this.outbox.set(command.id, command);
    if (command.contribution) this.busy.add(command.contribution);
    if (command.action === 'contribute') this.own.add(command.id);
    this.room.gave(command);
    if (this.state === 'live') this.socket?.send(command);
    return command;
  }

  say(length = between(this.room.chance, 4, 24)) {
    const { chance } = this.room;
    const said = Array.from({ length }, () => pick(chance, words)).join(' ');
    return `${said} ${this.name}.${++this.count}`;
  }

  contribution(wanted) {
    for (let tries = 0; tries < 8 && this.ids.length; tries++) {
      const id = pick(this.room.chance, this.ids);
      if (!this.busy.has(id) && wanted(this.board.get(id), this.own.has(id))) return id;
    }
    return undefined;
  }

  thought() {
    const turn = this.room.chance();
    const full = this.board.size >= this.room.contributionsMost;
    if (!full && (turn < 0.15 || this.board.size < 6))
      return { action: 'contribute', kind: turn < 0.1 ? 'solution' : 'result', text: this.say() };
    if (turn < 0.6) {
      const own = this.contribution((known, mine) => mine && known.state === 'shown');
      if (own) return { action: 'edit', contribution: own, text: this.say() };
    }
    const other = this.contribution((known, mine) => !mine && known.state === 'shown');
    if (other) return { action: 'support', contribution: other, on: !this.supported.has(other) };
    return full ? undefined : { action: 'contribute', kind: 'result', text: this.say() };
  }

  moderation() {
    const contribution = this.contribution((known) => known.state !== 'withdrawn');
    if (!contribution) return undefined;
    const hidden = this.board.get(contribution).state === 'shown';
    return {
      action: 'moderate',
      contribution,
      hidden,
      ...(hidden ? { reason: this.say().slice(0, 200) } : {}),
    };
  }
}
