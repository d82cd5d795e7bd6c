// Very many people who only listen: a socket each, few passes between them, as light as can be.
import { request } from './http.mjs';
import { LiveSocket } from './socket.mjs';

const atOnce = 200;

export class Crowd {
  members = [];

  /**
   * where() → { host, port }; workshops with their join codes; passes: how many different people they are; patienceMs: how
   * long one waits for a welcome.
   */
  constructor(where, workshops, passes = 40, patienceMs = 20_000) {
    this.patienceMs = patienceMs;
    this.where = where;
    this.workshops = workshops;
    this.passes = passes;
  }

  /** A pass for each of some people, and where each workshop stands, so that nobody needs a snapshot of his own. */
  async prepare() {
    this.tickets = [];
    for (let i = 0; i < this.passes; i++) {
      const workshop = this.workshops[i % this.workshops.length];
      const joined = await request(this.where(), 'POST', '/api/join', {
        body: { code: workshop.join_code, language: 'ar', notice_version: 1 },
      });
      if (joined.status !== 201) throw new Error(`the crowd could not join: ${joined.status} ${joined.text}`);
      const path = `/api/workshops/${workshop.id}/snapshot?audience=room`;
      const { epoch, seq } = (await request(this.where(), 'GET', path, { cookie: joined.cookie })).json;
      this.tickets.push({ workshop, cookie: joined.cookie, resume: { epoch, seq } });
    }
  }

  /** Opens `count` more; resolves when each is welcome, or gives up. Gives how many are not. */
  async open(count, progress = () => {}) {
    let next = 0;
    let refused = 0;
    const one = async () => {
      while (next < count) {
        next++;
        const member = {
          ticket: this.tickets[this.members.length % this.tickets.length],
          bye: null,
          end: null,
        };
        this.members.push(member);
        await this.connect(member);
        if (member.state !== 'live') refused++;
        if (next % 500 === 0) progress(`${next} of ${count} connections`);
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, one));
    return refused;
  }

  /** Resolves when it is live or ended. */
  connect(member) {
    member.state = 'coming';
    member.end = null;
    const { ticket } = member;
    return new Promise((settled) => {
      const alarm = setTimeout(() => member.socket.end('silence'), this.patienceMs);
      const settle = () => {
        clearTimeout(alarm);
        settled();
      };
      member.socket = new LiveSocket(
        { ...this.where(), path: `/live/${ticket.workshop.id}?as=participant`, cookie: ticket.cookie },
        {
          ignores: '{"type":"presence"', // of each other's coming: by far the most of what a crowd hears
          open: () => member.socket.send({ type: 'hello', resume: ticket.resume }),
          message: (message) => {
            if (message.type === 'welcome') {
              member.state = 'live';
              settle();
            } else if (message.type === 'bye') member.bye = message.retry_after_ms;
          },
          closed: (how) => {
            member.state = 'away';
            member.end = { ...how, at: performance.now() };
            member.onEnd?.(member);
            settle();
          },
        },
      );
    });
  }

  get live() {
    return this.members.filter(({ state }) => state === 'live').length;
  }

  leave() {
    for (const member of this.members) {
      member.onEnd = undefined;
      member.socket?.drop();
    }
  }
}
