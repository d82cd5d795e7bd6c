// writing: eight people and a second phone of one of them write one text on the real server, with the client's own
// co-writing, over a bad network (proxy.mjs): each way 5 to 120 ms, connections cut in mid-frame, some away for
// seconds, and pages that are reloaded with words that were not sent.
//
// Right outcome: in the end every screen and the server have the same text; each letter that anybody typed (no two are
// the same) is there once, or was deleted by somebody, and then it is not there.
import { clientCode } from './client-code.mjs';
import { request } from './http.mjs';
import { Proxy } from './proxy.mjs';
import { seeded, uuidv7 } from './random.mjs';
import { TrialServer } from './serving.mjs';
import { LiveSocket } from './socket.mjs';
import { password } from '../support/server.mjs';

export const summary = 'nine phones write one text over a bad network';
export const outcome = 'all texts equal, no letter lost, doubled, or back after it was deleted';

const people = 8;
const writingMs = 20_000;
const settledMs = 60_000;
const comeBackMs = 200;
const retryMs = 400;
const temporary = new Set(['too_fast', 'read_only', 'busy']);
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

async function until(condition, ms, what) {
  const latest = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > latest) throw new Error(`waited ${ms / 1000} s for ${what}`);
    await pause(50);
  }
}

/** A page with the draft open: what LiveWorkshop does, and a DraftWriter on it. */
class Phone {
  state = 'away';
  alias = '';
  epoch = undefined;
  seq = 0;
  board = undefined; // { text, revision }
  outbox = new Map();
  cursors_ = [];
  listeners = new Set();
  kept = null;
  screen = '';

  constructor(name, trial, cookie) {
    Object.assign(this, { name, trial, cookie });
  }

  // --- DraftChannel

  me = () => this.alias;
  current = () => this.board && { ...this.board, epoch: this.epoch };
  connected = () => this.state === 'live';
  cursors = () => this.cursors_;
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  send({ id, revision, edit }) {
    this.give({ type: 'command', id, action: 'draft.change', draft: this.trial.draft, revision, edit });
  }
  cursor(at) {
    const target = at === null ? null : this.trial.draft;
    this.say({ type: 'signal', kind: 'cursor', target, ...(at === null ? {} : { at }) });
  }
  tell(act) {
    for (const listener of [...this.listeners]) act(listener);
  }

  // --- The page

  open() {
    const { DraftWriter, edits } = this.trial;
    this.writer = new DraftWriter(
      this,
      {
        view: (edit) => (this.screen = edits.apply(this.screen, edit)),
        change: () => {},
        keep: (kept) => (this.kept = structuredClone(kept)),
      },
      this.kept,
    );
    this.screen = this.writer.view;
  }

  reload() {
    this.trial.made.reloads++;
    this.writer.stop();
    this.listeners.clear();
    this.outbox.clear();
    this.drop();
    this.epoch = undefined;
    this.open();
  }

  write() {
    const { chance, edits } = this.trial;
    const before = [...this.screen];
    const at = Math.floor(chance() * (before.length + 1));
    const gone =
      chance() < (before.length > 200 ? 0.8 : 0.25)
        ? Math.min(before.length - at, 1 + Math.floor(chance() * 5))
        : 0;
    const words = gone && chance() < 0.6 ? '' : this.trial.letters(1 + Math.floor(chance() * 4));
    for (const letter of before.slice(at, at + gone)) this.trial.deleted.add(letter);
    const edit = edits.between(
      this.screen,
      [...before.slice(0, at), words, ...before.slice(at + gone)].join(''),
    );
    if (edit.length === 0) return;
    this.trial.made.edits++;
    this.screen = edits.apply(this.screen, edit);
    this.writer.type(edit);
    this.writer.caret(Math.min([...this.screen].length, at + [...words].length));
  }

  // --- The connection

  connect() {
    clearTimeout(this.retry);
    this.state = 'coming';
    const socket = new LiveSocket(
      { ...this.trial.where(), path: `/live/${this.trial.workshop.id}?as=participant`, cookie: this.cookie },
      {
        open: () => void this.hello(),
        message: (message) => socket === this.socket && this.take(message),
        closed: () => socket === this.socket && this.lost(),
      },
    );
    this.socket = socket;
  }
  lost() {
    this.drop();
    this.retry = setTimeout(() => this.connect(), comeBackMs);
  }
  drop() {
    clearTimeout(this.retry);
    clearTimeout(this.again);
    const socket = this.socket;
    this.socket = null;
    socket?.drop();
    this.state = 'away';
    this.tell((listener) => listener.connection());
  }
  say(message) {
    if (this.state === 'live') this.socket?.send(message);
  }
  give(command) {
    this.outbox.set(command.id, command);
    this.say(command);
  }
  async hello() {
    if (this.epoch === undefined)
      return this.resynchronise(`/api/workshops/${this.trial.workshop.id}/snapshot?audience=room`);
    this.socket?.send({ type: 'hello', resume: { epoch: this.epoch, seq: this.seq } });
  }
  async resynchronise(path) {
    const socket = this.socket;
    try {
      const answer = await request(this.trial.where(), 'GET', path, { cookie: this.cookie });
      if (socket !== this.socket || answer.status !== 200) throw new Error('again');
      this.trial.made.snapshots++;
      const { epoch, seq, drafts } = answer.json;
      const draft = drafts.find(({ id }) => id === this.trial.draft);
      Object.assign(this, { epoch, seq, board: draft && { text: draft.text, revision: draft.revision, seq } });
      if (this.board) this.tell((listener) => listener.replaced());
      await this.hello();
    } catch {
      if (socket === this.socket) this.again = setTimeout(() => void this.resynchronise(path), comeBackMs);
    }
  }

  take(message) {
    switch (message.type) {
      case 'welcome':
        this.alias = message.you.alias;
        if (message.epoch !== this.epoch) return;
        this.state = 'live';
        for (const command of this.outbox.values()) this.say(command);
        this.tell((listener) => listener.connection());
        return;
      case 'events':
        return this.events(message);
      case 'ack':
      case 'reject':
        return this.answered(message);
      case 'signals':
        this.cursors_ = message.items
          .filter(({ kind, who }) => kind === 'cursor' && who !== this.alias)
          .map(({ who, at }) => ({ who, at: at ?? 0 }));
        return this.tell((listener) => listener.cursors());
      case 'resync':
        return void this.resynchronise(message.snapshot);
      default:
    }
  }
  events({ first, last, events }) {
    if (last <= this.seq) return;
    if (first > this.seq + 1) return void this.hello();
    for (const event of events) {
      if (event.seq <= this.seq) continue;
      this.seq = event.seq;
      if (event.type === 'draft.started')
        this.board = { text: event.draft.text, revision: event.draft.revision, seq: event.seq };
      if (event.type !== 'draft.changed' || event.revision <= this.board.revision) continue;
      this.board = {
        text: this.trial.edits.apply(this.board.text, event.edit),
        revision: event.revision,
        seq: event.seq,
      };
      this.tell((listener) => listener.heard(event));
    }
    this.seq = last;
  }
  answered({ type, id, seq, code, limit }) {
    if (type === 'ack') this.trial.acked = Math.max(this.trial.acked, seq);
    if (code && temporary.has(code)) {
      this.trial.made[code] = (this.trial.made[code] ?? 0) + 1;
      setTimeout(() => this.outbox.has(id) && this.say(this.outbox.get(id)), retryMs);
      return;
    }
    if (!this.outbox.delete(id)) return;
    if (type === 'ack') this.trial.made.applied++;
    else if (code === 'stale_revision') this.trial.made.overtaken++;
    else this.trial.faults.push(`${this.name}: ${code}`);
    this.tell((listener) =>
      listener.answered(id, type === 'ack' ? { ok: true, seq } : { ok: false, code, limit }),
    );
  }
}

/** A participant's cookie; over the server directly, for joining is not what is tried. */
async function join(server, workshop, name) {
  const answer = await request(server.where, 'POST', '/api/join', {
    body: { code: workshop.join_code, language: 'ar', notice_version: 1 },
  });
  if (answer.status !== 201) throw new Error(`${name} could not join: ${answer.status} ${answer.text}`);
  return answer.cookie;
}

/** A facilitator who enters the phase in which drafts are written. */
async function enterSolutions(server, workshop) {
  const { cookie } = await request(server.where, 'POST', '/api/session', {
    body: { email: 'facilitator@example.org', password },
  });
  await new Promise((entered, failed) => {
    const socket = new LiveSocket(
      { ...server.where, path: `/live/${workshop.id}?as=staff`, cookie },
      {
        open: () => socket.send({ type: 'hello' }),
        message: (message) => {
          if (message.type === 'welcome')
            socket.send({ type: 'command', id: uuidv7(), action: 'phase.enter', phase: 'solutions' });
          if (message.type === 'reject') failed(new Error(`the phase was not entered: ${message.code}`));
          if (message.type !== 'ack') return;
          socket.drop();
          entered();
        },
        closed: () => failed(new Error('the facilitator was closed')),
      },
    );
  });
}

function compare(phones, { text }, { inserted, deleted, faults }) {
  for (const phone of phones)
    if (phone.screen !== text || phone.writer.view !== text)
      faults.push(`${phone.name} shows "${phone.screen}", the server has "${text}"`);
  const letters = [...text];
  const present = new Set(letters);
  if (present.size !== letters.length) faults.push('a letter is doubled');
  for (const letter of inserted)
    if (!present.has(letter) && !deleted.has(letter)) faults.push(`${letter} is lost`);
  for (const letter of deleted) if (present.has(letter)) faults.push(`${letter} was deleted and is there`);
  if (faults.length > 0) throw new Error(faults.slice(0, 10).join('\n       '));
}

export async function run({ seed, progress }) {
  const code = await clientCode();
  const { DraftWriter } = await code.load('src/lib/writing/draft-writer.ts');
  const edits = await code.load('src/lib/writing/edit.ts');
  const server = new TrialServer();
  const [workshop] = server.prepareWorkshops(1);
  await server.start();
  const chance = seeded(seed);
  const proxy = new Proxy(() => server.where, chance);
  await proxy.listen();
  let next = 0;
  const trial = {
    ...{ workshop, chance, edits, DraftWriter, draft: undefined },
    where: () => ({ host: '127.0.0.1', port: proxy.port }),
    ...{ inserted: new Set(), deleted: new Set(), faults: [], acked: 0 },
    made: { edits: 0, applied: 0, overtaken: 0, reloads: 0, snapshots: 0, away: 0 },
    letters: (count) =>
      Array.from({ length: count }, () => {
        const letter = String.fromCodePoint((next % 2 ? 0x4e00 : 0x20000) + (next++ >> 1));
        trial.inserted.add(letter);
        return letter;
      }).join(''),
  };
  const phones = [];
  try {
    await enterSolutions(server, workshop);
    for (let i = 0; i < people; i++)
      phones.push(new Phone(`p${i}`, trial, await join(server, workshop, `p${i}`)));
    phones.push(new Phone('p0 again', trial, phones[0].cookie));
    for (const phone of phones) phone.connect();
    await until(() => phones.every(({ state }) => state === 'live'), settledMs, 'everybody to be live');
    trial.draft = uuidv7();
    phones[0].give({ type: 'command', id: trial.draft, action: 'draft.start', kind: 'solution' });
    await until(() => phones.every(({ board }) => board), settledMs, 'the draft to be everywhere');
    Object.assign(trial.made, { applied: 0 });
    for (const phone of phones) phone.open();

    Object.assign(proxy, { delayMs: 60, jitterMs: 55, cuts: 0.002 });
    progress('writing');
    const end = performance.now() + writingMs;
    while (performance.now() < end) {
      const phone = phones[Math.floor(chance() * phones.length)];
      const turn = chance();
      if (turn < 0.97) phone.write();
      else if (turn < 0.985) {
        trial.made.away++;
        phone.drop();
        setTimeout(() => phone.state === 'away' && phone.connect(), chance() * 4_000);
      } else {
        phone.reload();
        setTimeout(() => phone.state === 'away' && phone.connect(), chance() * 1_000);
      }
      await pause(chance() * 70);
    }
    progress('settling');
    Object.assign(proxy, { delayMs: 5, jitterMs: 4, cuts: 0 });
    const stopped = performance.now();
    for (const phone of phones) if (phone.state === 'away') phone.connect();
    // An ack comes before its event: all may be level without what was acknowledged last.
    const seq = () => Math.max(trial.acked, ...phones.map((phone) => phone.seq));
    await until(
      () =>
        phones.every(
          (phone) => phone.state === 'live' && phone.writer.state === 'kept' && phone.seq === seq(),
        ),
      settledMs,
      'everything to be kept',
    );
    const settledAfter = (performance.now() - stopped) / 1000;
    const snapshot = await request(
      server.where,
      'GET',
      `/api/workshops/${workshop.id}/snapshot?audience=room`,
      {
        cookie: phones[0].cookie,
      },
    );
    compare(phones, snapshot.json.drafts[0], trial);
    const { edits: typed, applied, overtaken, reloads, snapshots, away, too_fast: tooFast = 0 } = trial.made;
    return (
      `${phones.length} phones, ${typed} edits, ${trial.inserted.size} letters (${trial.deleted.size} deleted): ${applied} commands ` +
      `applied, ${overtaken} overtaken, ${tooFast} too fast; ${proxy.made.cuts} cuts, ${away} times away, ${reloads} reloads, ` +
      `${snapshots} snapshots; all equal ${settledAfter.toFixed(1)} s after the last: 0 lost, 0 doubled`
    );
  } finally {
    for (const phone of phones) {
      phone.writer?.stop();
      phone.drop();
    }
    proxy.close();
    await server.remove();
    await code.close();
  }
}
