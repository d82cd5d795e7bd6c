// People of a room without a browser, so that a browser has something to look at.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { password, root, warsha } from '../support/server.mjs';
import { request } from '../trials/http.mjs';
import { uuidv7 } from '../trials/random.mjs';
import { LiveSocket } from '../trials/socket.mjs';

const subjects = [
  ...['النقل المدرسي', 'الماء الصالح للشرب', 'المركز الصحي', 'الإنارة العمومية', 'تدبير النفايات', 'المكتبة'],
  ...['رخص البناء', 'الطريق القروية', 'السوق الأسبوعي', 'دار الشباب', 'الحالة المدنية', 'الحافلة'],
];
const troubles = [
  ...['لا يصل إلى كل الدواوير', 'يتأخر دون إخبار السكان', 'بعيد عن النساء والمسنين', 'لا أحد يجيب عن شكاياته'],
  ...['لا يُعلن عن مواعيده', 'ثمنه مرتفع على الأسر', 'لا يراعي الأشخاص في وضعية إعاقة', 'لا ميزانية معلنة له'],
];
const ends = ['', ' منذ سنوات', ' خصوصا في الشتاء', ' رغم مراسلات متكررة للجماعة', ' ولا نعرف من المسؤول'];

/** The text of card number `n`: like what people write, and no two the same among some hundreds. */
export function textOf(n) {
  const subject = subjects[n % subjects.length];
  const trouble = troubles[Math.floor(n / subjects.length) % troubles.length];
  const end = ends[Math.floor(n / (subjects.length * troubles.length)) % ends.length];
  return `${subject} ${trouble}${end}`;
}

/** Two facilitators of the empty boards: one for a browser, one beside it. */
export const boardStaff = ['boards-one@example.org', 'boards-two@example.org'];

/** A consultation of its own with this title, whose workshops have nothing on their boards. */
export function emptyConsultation(server, title, count) {
  const demonstration = JSON.parse(readFileSync(join(root, 'deploy/demonstration/consultation.json'), 'utf8'));
  const [{ questions }] = demonstration.workshops;
  const one = (n) => ({ key: `board-${n}`, title: `سبورة ${n}`, questions, themes: [], contributions: [] });
  const file = join(server.folder, 'boards.json');
  const workshops = Array.from({ length: count }, (_, n) => one(n + 1));
  writeFileSync(file, JSON.stringify({ ...demonstration, title, workshops }));
  return JSON.parse(execFileSync(warsha, ['import', file, '--database', server.database, '--json'])).workshops;
}

/** Workshops of such a consultation, and their staff. */
export function emptyBoards(server, count) {
  const made = emptyConsultation(server, 'سبورات', count);
  const database = ['--database', server.database];
  for (const email of boardStaff)
    execFileSync(
      warsha,
      ['admin', 'account', 'add', ...database, '--email', email, '--name', email.split('@')[0]].concat([
        ...['--role', 'facilitator', '--password-stdin', '--all'],
      ]),
      { input: `${password}\n` },
    );
  return made;
}

/** One person's live connection: perform() resolves with the ack and throws the reject. */
export class Seat {
  waiting = new Map();

  /** `about`: what they say of themselves, as POST /api/join takes it. */
  static async participant(server, workshop, about = {}) {
    const where = { host: '127.0.0.1', port: server.port };
    const answer = await request(where, 'POST', '/api/join', {
      body: { code: workshop.join_code, language: 'ar', notice_version: 1, ...about },
    });
    if (answer.status !== 201) throw new Error(`could not join: ${answer.status} ${answer.text}`);
    const seat = new Seat(where, workshop, answer.cookie, 'participant');
    seat.id = answer.json.participant.id;
    return seat.open();
  }

  static async staff(server, workshop, email = boardStaff[1]) {
    const where = { host: '127.0.0.1', port: server.port };
    const { cookie } = await request(where, 'POST', '/api/session', { body: { email, password } });
    return new Seat(where, workshop, cookie, 'staff').open();
  }

  constructor(where, workshop, cookie, as) {
    Object.assign(this, { where, workshop, cookie, as });
  }

  /** As it is on disk now. */
  async board() {
    const audience = this.as === 'staff' ? 'staff' : 'room';
    const path = `/api/workshops/${this.workshop.id}/snapshot?audience=${audience}`;
    return (await request(this.where, 'GET', path, { cookie: this.cookie })).json;
  }

  /** With a snapshot, as a page: who has none is not yet in the room. */
  async open() {
    const { epoch, seq } = await this.board();
    return new Promise((opened, failed) => {
      this.socket = new LiveSocket(
        { ...this.where, path: `/live/${this.workshop.id}?as=${this.as}`, cookie: this.cookie },
        {
          ignores: '{"type":"events"',
          open: () => this.socket.send({ type: 'hello', client: 'test', resume: { epoch, seq } }),
          message: (message) => {
            if (message.type === 'welcome') opened(this);
            const answer = this.waiting.get(message.id);
            if (message.type === 'ack') answer?.acked(message);
            if (message.type === 'reject')
              answer?.refused(new Error(`${answer.action}: ${message.code} ${message.field ?? ''}`));
          },
          closed: (how) => failed(new Error(`closed: ${JSON.stringify(how)}`)),
        },
      );
    });
  }

  perform(fields, id = uuidv7()) {
    return this.send(fields, id).then(() => id);
  }
  /** Says a solution; gives its id and its receipt. */
  async say(text, id = uuidv7()) {
    const { receipt } = await this.send({ action: 'contribute', kind: 'solution', text }, id);
    return { id, receipt };
  }
  send(fields, id) {
    return new Promise((acked, refused) => {
      this.waiting.set(id, { acked, refused, action: fields.action });
      this.socket.send({ type: 'command', id, ...fields });
    });
  }

  signal(message) {
    this.socket.send(message);
  }

  leave() {
    this.socket.drop();
  }
}

/** `cards` problems by `people` people, and `themes` themes. Gives the seats, still open. */
export async function fill(server, workshop, { people = 60, cards = 300, themes = 8 } = {}) {
  const staff = await Seat.staff(server, workshop);
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const seats = [];
  for (let i = 0; i < people; i++) seats.push(await Seat.participant(server, workshop));
  const ids = [];
  for (let n = 0; n < cards; n += people)
    ids.push(
      ...(await Promise.all(
        seats
          .slice(0, cards - n)
          .map((seat, i) => seat.perform({ action: 'contribute', kind: 'problem', text: textOf(n + i) })),
      )),
    );
  const made = [];
  for (let i = 0; i < themes; i++)
    made.push(await staff.perform({ action: 'theme.add', title: `${subjects[i % subjects.length]} ${i + 1}` }));
  return { staff, seats, cards: ids, themes: made };
}
