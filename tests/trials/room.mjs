// Workshops full of people who never stop writing, and the check of what became of every word.
import { Faults, History, reading, verifyChain } from './history.mjs';
import { request } from './http.mjs';
import { Person } from './person.mjs';
import { seeded } from './random.mjs';
import { password } from '../support/server.mjs';

const staffPaceMs = 400;
const receiptsAtOnce = 8;

export class Room {
  faults = new Faults();
  acked = 0;
  given = 0;
  delivered = 0;
  rejections = new Map(); // code → count
  waiting = []; // { at, then }: for acks to come
  ackDelays = []; // of the commands acknowledged since it was emptied, in ms
  givenAt = new Map();

  /**
   * settings: people (per workshop), seed, person (settings of each), staff (whether somebody moderates), email (of
   * the account that does), where (how to reach the server, when not directly).
   */
  constructor(server, settings = {}) {
    this.server = server;
    this.settings = {
      people: 6,
      seed: 1,
      person: {},
      staff: true,
      email: 'facilitator@example.org',
      ...settings,
    };
    this.chance = seeded(this.settings.seed);
    this.contributionsMost = this.settings.contributionsMost ?? 1_500;
    this.histories = server.workshops.map((workshop) => new History(workshop, this.faults));
    this.people = this.histories.flatMap((history, w) =>
      Array.from(
        { length: this.settings.people },
        (_, i) => new Person(`p${w}.${i}`, this, history, this.settings.person),
      ),
    );
    const credentials = { email: this.settings.email, password };
    this.staff = this.histories.map(
      (history, w) =>
        new Person(`s${w}`, this, history, { ...this.settings.person, window: 1, staff: true, credentials }),
    );
  }

  get everybody() {
    return [...this.people, ...this.staff];
  }

  where() {
    return this.settings.where?.() ?? this.server.where;
  }

  /** Everybody joins and is live, and the workshops are in the phase in which most may be done. */
  async open() {
    await this.staff[0].enter();
    for (const person of this.staff) person.cookie = this.staff[0].cookie;
    for (const person of this.people) await person.enter();
    for (const person of this.everybody) person.connect();
    await this.until(() => this.everybody.every((person) => person.state === 'live'), 'everybody to be live');
    for (const person of this.staff) person.give({ action: 'phase.enter', phase: 'solutions' });
    await this.settled();
  }

  /** People begin to write, and do not stop. */
  write() {
    for (const person of this.everybody) {
      person.idle = person.settings.staff && !this.settings.staff;
      person.write();
    }
    clearInterval(this.moderating);
    if (this.settings.staff)
      this.moderating = setInterval(() => this.staff.forEach((person) => person.write(true)), staffPaceMs);
  }

  rest() {
    clearInterval(this.moderating);
    for (const person of this.everybody) person.idle = true;
  }

  /** Nobody writes any more; resolves when all that was written is acknowledged and everybody has seen it. */
  async settled(timeoutMs = 30_000) {
    this.rest();
    // An ack comes before its event: everybody may be level without what was acknowledged last.
    const level = (history) => {
      const seqs = new Set(
        this.everybody.filter((person) => person.history === history).map((person) => person.seq),
      );
      return seqs.size === 1 && [...seqs][0] >= history.last;
    };
    await this.until(
      () =>
        this.everybody.every((person) => person.state === 'live' && person.outbox.size === 0) &&
        this.histories.every(level),
      'everybody to be current',
      timeoutMs,
    );
  }

  leave() {
    this.rest();
    this.waiting.splice(0).forEach(({ then }) => then());
    for (const person of this.everybody) person.leave();
  }

  async until(condition, what, timeoutMs = 30_000) {
    const end = performance.now() + timeoutMs;
    while (!condition()) {
      if (performance.now() > end)
        throw new Error(`waited ${timeoutMs / 1000} s for ${what}; ${this.describe()}`);
      await new Promise((next) => setTimeout(next, 5));
    }
  }

  /** How long commands took from the hand to the ack, in ms, over the next while. */
  async delays(ms) {
    this.ackDelays = [];
    await new Promise((next) => setTimeout(next, ms));
    const delays = this.ackDelays;
    return { count: delays.length, p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
  }

  /** Resolves when `count` more commands are acknowledged. */
  acks(count, timeoutMs = 60_000) {
    return new Promise((then, failed) => {
      const late = () =>
        failed(new Error(`waited ${timeoutMs / 1000} s for ${count} acks; ${this.describe()}`));
      const timer = setTimeout(late, timeoutMs);
      const wanted = { at: this.acked + count, then: () => (clearTimeout(timer), then()) };
      this.waiting.push(wanted);
      this.waiting.sort((one, other) => one.at - other.at);
    });
  }

  /** Somebody new, who is not part of the room until he connects. */
  newcomer(history = this.histories[0]) {
    const person = new Person(`n${this.people.length}`, this, history, this.settings.person);
    this.people.push(person);
    return person;
  }

  get inFlight() {
    return this.everybody.reduce((sum, person) => sum + person.outbox.size, 0);
  }

  describe() {
    const live = this.everybody.filter((person) => person.state === 'live').length;
    const codes = [...this.rejections].map(([code, count]) => `${code} ${count}`).join(', ');
    return `${live} of ${this.everybody.length} live, ${this.acked} acknowledged, ${this.inFlight} waiting, rejections: ${codes || 'none'}`;
  }

  // --- What people report ---------------------------------------------------------------------------

  gave(command) {
    this.given++;
    this.givenAt.set(command.id, performance.now());
  }

  acknowledged(command) {
    this.acked++;
    this.ackDelays.push(performance.now() - this.givenAt.get(command.id));
    this.givenAt.delete(command.id);
    while (this.waiting.length && this.waiting[0].at <= this.acked) this.waiting.shift().then();
  }

  rejected(command, code) {
    this.rejections.set(code, (this.rejections.get(code) ?? 0) + 1);
  }

  sawEvents(count) {
    this.delivered += count;
  }

  // --- The judgement --------------------------------------------------------------------------------

  /** Everything that was promised, against what is there; the server runs and is settled. */
  async judge({ receipts = 200, chain = true } = {}) {
    await this.judgeBoards();
    await this.judgeReceipts(receipts);
    const events = reading(this.server.database, (database) =>
      this.histories.reduce((sum, history) => sum + history.judge(database).length, 0),
    );
    const verified = chain ? verifyChain(this.server.database, this.faults) : '';
    this.mustBeRight();
    return { events, verified };
  }

  mustBeRight() {
    if (this.faults.total > 0) throw new Error(String(this.faults));
  }

  async judgeBoards() {
    for (const person of this.everybody) {
      const answer = await request(this.where(), 'GET', person.snapshotPath(), { cookie: person.cookie });
      const snapshot = answer.json;
      if (snapshot.seq !== person.seq)
        this.faults.add('boards', `${person.name}: seq ${person.seq}, not ${snapshot.seq}`);
      for (const { id, text, state, supports } of snapshot.contributions) {
        const known = person.board.get(id);
        if (known?.text !== text || known.state !== state || known.supports !== supports)
          this.faults.add(
            'boards',
            `${person.name} at ${person.seq}: ${id} is ${JSON.stringify(known)}, not ${JSON.stringify({ text, state, supports })}`,
          );
      }
      if (person.board.size !== snapshot.contributions.length)
        this.faults.add(
          'boards',
          `${person.name} has ${person.board.size} of ${snapshot.contributions.length}`,
        );
    }
  }

  /** Receipts as anybody may ask for them, a sample spread over all. */
  async judgeReceipts(most) {
    const all = this.histories.flatMap((history) =>
      [...history.acked.values()].filter(({ action }) => action === 'contribute'),
    );
    const step = Math.max(1, all.length / most);
    const sample = [];
    for (let i = 0; i < all.length; i += step) sample.push(all[Math.floor(i)]);
    const ask = async () => {
      for (let next = sample.pop(); next; next = sample.pop()) {
        const answer = await request(this.where(), 'GET', `/api/receipts/${next.receipt}`);
        if (answer.status !== 200 || answer.json.place.seq !== next.seq)
          this.faults.add(
            'receipts lost',
            `the receipt ${next.receipt} answers ${answer.status} ${answer.text.slice(0, 120)}`,
          );
      }
    };
    await Promise.all(Array.from({ length: receiptsAtOnce }, ask));
  }
}

/** A percentile of numbers, as the smallest that at least that part does not exceed. */
export function percentile(numbers, part) {
  if (numbers.length === 0) return NaN;
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}
