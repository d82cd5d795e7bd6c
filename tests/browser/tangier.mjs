#!/usr/bin/env node
// The whole way of a consultation, each role in a real browser: said, screened, merged, routed, answered by five
// administrations, promised, contested, and read by a stranger whose browser runs no script. See --help.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { password, replay, root, Server, warsha } from '../support/server.mjs';
import { request } from '../trials/http.mjs';
import { uuidv7 } from '../trials/random.mjs';
import { choose, fill, Hands, Office, phone, tab, words } from './office.mjs';
import { Seat } from './room.mjs';

const usage = `node tests/browser/tangier.mjs [--pictures DIR]

Plays the consultation of Tangier 2023 (../shared/data beside the checkout; without it, the demonstration) through
real sockets, and then goes its whole way with two organisers, five administrations of two people, the committee,
an author and a stranger. Each does each kind of thing in a browser at least once; the rest goes through the same
API. At the end every contribution's public page is read: each has a fate with a reason, and the balance closes.
--pictures also takes pictures of each screen, light and dark, 360 and 1366 pixels wide.`;

const { values: options } = parseArgs({ options: { pictures: { type: 'string' }, help: { type: 'boolean' } } });
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const began = Date.now();
const say = (text) => console.log(`     ${text}`);
function check(condition, message) {
  if (!condition) throw new Error(message);
}

// --- The meeting ------------------------------------------------------------------------------------------------
const published = join(root, '../shared/data/tangier-2023.json');
const demonstration = join(root, 'deploy/demonstration/consultation.json');
const server = new Server();
const unplayed = new Set(server.prepare(demonstration).workshops.map(({ id }) => id));
await server.start();
const office = await Office.of(server, options);
const { where } = office;

/** The consultation as a file, but for three solutions that a person in the room says. */
function withoutThree() {
  const text = existsSync(published)
    ? execFileSync('node', [join(root, 'tests/scenarios/from-ogp-consultation.mjs'), published], { encoding: 'utf8' })
    : readFileSync(demonstration, 'utf8');
  if (!existsSync(published)) say('../shared/data/tangier-2023.json is not here: the demonstration goes the way');
  const whole = JSON.parse(text);
  const total = whole.workshops.reduce((sum, { contributions }) => sum + contributions.length, 0);
  const [first] = whole.workshops;
  const solutions = first.contributions.filter(({ kind }) => kind === 'solution');
  // Not those that others refer to.
  const referred = new Set(first.contributions.flatMap((one) => [...(one.answers ?? []), ...(one.follows_from ?? [])]));
  const three = solutions.filter(({ key }) => !referred.has(key)).slice(-3);
  first.contributions = first.contributions.filter((one) => !three.includes(one));
  const file = join(server.folder, 'consultation.json');
  writeFileSync(file, JSON.stringify(whole));
  return { file, total, three: three.map(({ text: said }) => said) };
}


async function meet() {
  const { file, total, three } = withoutThree();
  const played = await replay(server, file, ['--fast']).done;
  check(played.code === 0, `the replay differs from its file: ${played.output}`);
  for (const name of ['amal', 'badr']) server.addAccount(name, 'organiser', ['--all']);
  server.addAccount('member', 'committee', ['--all']);
  const amal = await office.signIn('amal');
  const { consultations } = await office.get('/api/workshops', amal);
  const { workshops, ...about } = consultations.find(({ workshops: all }) => !all.some(({ id }) => unplayed.has(id)));
  const room = workshops[0];
  const staff = await Seat.staff(server, room, 'amal@example.org');
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const author = await Seat.participant(server, room);
  const own = [];
  for (const text of three)
    own.push(
      await new Promise((acked, refused) => {
        const id = uuidv7();
        author.waiting.set(id, { acked: ({ receipt }) => acked({ id, receipt, text }), refused, action: 'contribute' });
        author.socket.send({ type: 'command', id, action: 'contribute', kind: 'solution', text });
      }),
    );
  await staff.perform({ action: 'phase.enter', phase: 'closed' });
  author.leave();
  staff.leave();
  return { consultation: about.id, total, own, pass: author.cookie };
}

// --- What the steps share ------------------------------------------------------------------------------------------
let at; // {consultation, total, own, pass}
const act = (cookie, action, members) => office.act(cookie, at.consultation, action, members);
const docket = (cookie) => office.get(`/api/consultations/${at.consultation}/review`, cookie);
const inboxOf = async (cookie) => (await office.get('/api/inbox', cookie)).proposals;
const cookies = {};
async function as(name) {
  cookies[name] ??= await office.signIn(name);
  return cookies[name];
}
async function desk(name, how = {}) {
  const opened = await office.open('/review', { cookie: await as(name), ...how });
  await choose(opened, at.consultation);
  return opened;
}
const shelf = (opened, id) => opened.locator(`[data-shelf=${id}]`);
const isFree = (one) => one.state === 'waiting' && one.live_state === 'shown' && !one.merged_into;
const spread = (n) => 2 + (n % 4);

// --- Two organisers screen -----------------------------------------------------------------------------------------
async function screening() {
  const [returned, refused] = at.own;
  const opened = await desk('amal');
  await shelf(opened, 'todo').waitFor();
  if (options.pictures) await office.lookAllOver(opened, 'screening');
  const hands = new Hands(opened);
  await hands.choose(opened.locator('.narrow select').first(), 'solution');
  await hands.click(opened.locator('.work article .said').first());
  const rated = 12;
  for (let n = 0; n < rated; n++) {
    const before = await shelf(opened, 'decide').locator('b').textContent();
    await hands.press('5', '4', '5');
    await opened.waitForFunction(
      (count) => document.querySelector('[data-shelf=decide] b').textContent !== count,
      before,
    );
  }
  await opened.waitForFunction((count) => Number(document.querySelector('[data-shelf=decide] b').textContent) === count, rated);
  say(`screening by keyboard: ${rated} contributions, ${hands.told} in ${Date.now() - hands.began} ms`);

  // A colleague judges apart, and sees the first one's judgement only after their own.
  const other = await desk('badr', { language: 'fr' });
  const colleague = new Hands(other);
  await colleague.choose(other.locator('.narrow select').first(), 'solution');
  await colleague.click(other.locator('.work article .said').first());
  await other.getByText('une personne').or(other.getByText('1 personne')).first().waitFor();
  await colleague.press('1', '4', '5');
  await other.waitForFunction(() => document.querySelector('[data-shelf=disputed] b').textContent === '1');
  await colleague.click(shelf(other, 'disputed'));
  await other.locator('article .apart').first().waitFor();
  await office.look(other, 'screening-disputed-fr-1366');

  // Sent back to its author, who says it more clearly on the device that wrote it.
  await colleague.click(shelf(other, 'todo'));
  await openContribution(other, colleague, returned.text);
  await colleague.press('r');
  await colleague.write(other.locator('[data-form^="return:"] textarea'), 'أي وثائق، وأين تنشر؟');
  await colleague.click(other.locator('[data-form^="return:"] .primary'));
  await other.waitForFunction(() => document.querySelector('[data-shelf=returned] b').textContent === '1');
  await revise(returned);
  await other.reload();
  await choose(other, at.consultation);
  await colleague.click(shelf(other, 'revised'));
  await other.locator('article .revised').waitFor();

  // Set aside, with a reason and words in both languages; one language alone is not enough.
  await colleague.click(shelf(other, 'todo'));
  await colleague.choose(other.locator('.narrow select').first(), 'solution');
  await openContribution(other, colleague, refused.text);
  await colleague.press('x');
  await colleague.writeAll('[data-form^="refuse:"] textarea', ['خارج مجال الحكومة المنفتحة في هذه المرحلة']);
  await colleague.click(other.locator('[data-form^="refuse:"] .primary'));
  await other.locator('[data-form^="refuse:"] [role=alert]').waitFor();
  // What was typed outlives a reload, and is nobody else's.
  await other.reload();
  await choose(other, at.consultation);
  const kept = other.locator('[data-form^="refuse:"] textarea').first();
  await openContribution(other, colleague, refused.text);
  check((await kept.inputValue()).startsWith('خارج مجال'), 'a reload lost what was typed');
  await colleague.writeAll('[data-form^="refuse:"] textarea', [
    'خارج مجال الحكومة المنفتحة في هذه المرحلة',
    'Hors du champ du gouvernement ouvert à ce stade',
  ]);
  // Fewer than two rated it: that is asked back once.
  await colleague.click(other.locator('[data-form^="refuse:"] .primary'));
  await other.locator('[data-form^="refuse:"] [role=alert]').waitFor();
  await office.look(other, 'screening-asked-back-ar-1366');
  await colleague.click(other.locator('[data-form^="refuse:"] .primary'));
  await other.waitForFunction(() => document.querySelector('[data-shelf=refused] b').textContent === '1');
  say(`the second organiser: one rated apart, one sent back, one set aside: ${colleague.told}`);
  await opened.context().close();
  await other.context().close();

  // The rest, twice each.
  for (const [name, shift] of [
    ['amal', 0],
    ['badr', 1],
  ]) {
    const cookie = await as(name);
    const { contributions } = await docket(cookie);
    const left = contributions.filter((one) => isFree(one) && !one.screenings.some(({ own }) => own));
    for (const [n, one] of left.entries())
      await act(cookie, 'screen', {
        contribution: one.id,
        clarity: spread(n + shift),
        precision: spread(n),
        link: spread(n + 2),
      });
  }
  const { contributions } = await docket(await as('amal'));
  const free = contributions.filter(isFree);
  check(free.every(({ screenings }) => screenings.length === 2), 'not everything was judged twice');
}
/** Finds it in the queue and opens it, with the focus where the keys work. */
async function openContribution(opened, hands, text) {
  const row = opened.locator('.queue li button', { hasText: text }).first();
  await hands.click(row);
  await opened.locator('article .said', { hasText: text }).first().waitFor();
  await opened.locator('article').focus();
}
async function revise({ receipt, text }) {
  const opened = await office.open(`/receipt/${receipt}`, { cookie: at.pass, viewport: phone });
  await opened.getByText('أي وثائق، وأين تنشر؟').waitFor();
  await office.look(opened, 'receipt-returned-ar-360');
  await opened.fill('#revision', `${text} (على الموقع الرسمي)`);
  await opened.locator('form button[type=submit]').click();
  await opened.getByText('(على الموقع الرسمي)').waitFor();
  await opened.context().close();
}

// --- An author objects, and somebody else decides -----------------------------------------------------------------------
async function objection() {
  const [, refused] = at.own;
  const objecting = await office.open(`/receipt/${refused.receipt}`, { cookie: at.pass, viewport: phone });
  await objecting.locator('main summary').click();
  await objecting.fill('#objection', 'نشر المعلومات من صلب الحكومة المنفتحة');
  await objecting.locator('form.contest button').click();
  await objecting.locator('.contestation').waitFor();
  await objecting.context().close();

  // Whoever set it aside is told why they do not decide.
  const decided = await desk('badr');
  await tab(decided, 'الاعتراضات');
  await decided.locator('li.card .why').waitFor();
  check((await decided.locator('li.card button').count()) === 0, 'who decided is offered to decide again');
  await decided.context().close();

  const deciding = await desk('amal');
  const hands = new Hands(deciding);
  await hands.click(deciding.locator('.tabs .button', { hasText: 'الاعتراضات' }));
  await hands.click(deciding.locator('li.card > .button'));
  await hands.check(deciding.locator('[data-form^="settle:"] input[type=radio]').first());
  await hands.writeAll('[data-form^="settle:"] textarea', ['المعلومات العمومية ضمن المجال', 'Cela entre bien dans le champ']);
  if (options.pictures) await office.lookAllOver(deciding, 'objections');
  await hands.click(deciding.locator('[data-form^="settle:"] .primary'));
  await deciding.locator('li.card.upheld').waitFor();
  say(`an objection settled by somebody else: ${hands.told}`);
  await deciding.context().close();
}

// --- Proposals out of suggestions -----------------------------------------------------------------------------------------
const suggestionsOf = async () =>
  office.get(`/api/consultations/${at.consultation}/suggestions`, await as('amal'));

async function merging() {
  const opened = await desk('amal');
  const hands = new Hands(opened);
  await hands.click(opened.locator('.tabs .button', { hasText: 'الجمع' }));
  await shelf(opened, 'several').waitFor();
  if (options.pictures) await office.lookAllOver(opened, 'merging');
  const groups = Number(await shelf(opened, 'several').locator('b').textContent());
  check(groups > 0, 'no near-duplicates were suggested');
  await hands.click(opened.locator('main .whole > ul > li.card .button.primary').first());
  const form = opened.locator('[data-form^="suggestion:"]').first();
  await form.waitFor();
  await office.look(opened, 'merging-one-ar-1366');
  await hands.click(form.locator('.primary'));
  await opened.waitForFunction(
    (before) => Number(document.querySelector('[data-shelf=several] b').textContent) < before,
    groups,
  );
  say(`near-duplicates made one proposal: ${hands.told}; ${groups} groups suggested`);
  const { proposals } = await docket(await as('amal'));
  check(proposals.length === 1 && proposals[0].contributions.length > 1, 'the suggestion was not merged');

  // The merge is undone for one of them, and done again.
  await tab(opened, 'المقترحات');
  await opened.locator('li.proposal summary').first().click();
  await opened.locator('li.proposal .said .button').last().click();
  await opened.waitForFunction(
    (count) => document.querySelectorAll('li.proposal .said li').length === count,
    proposals[0].contributions.length - 1,
  );
  await opened.context().close();

  // The other groups, then the solutions that nobody else said.
  const cookie = await as('amal');
  const { contributions } = await docket(cookie);
  const text = new Map(contributions.map((one) => [one.id, one.revised ?? one.text]));
  const used = new Set();
  const suggested = (await suggestionsOf()).proposals;
  for (const { solutions, beside } of suggested) {
    const fitting = beside.filter(({ id, linked, likeness }) => !used.has(id) && (linked || likeness > 0.45));
    const all = [...solutions, ...fitting.map(({ id }) => id)];
    for (const id of all) used.add(id);
    const said = text.get(solutions[0]);
    await act(cookie, 'propose', { title: [...said].slice(0, 150).join(''), text: said, contributions: all });
  }
  say(`${suggested.length + 1} proposals, with the problems and results that are like them`);
  await joinWhatFits(cookie);
  await setAsideInTheBrowser();
}
async function joinWhatFits(cookie) {
  const opened = await desk('amal');
  await tab(opened, 'الجمع');
  await shelf(opened, 'joins').click();
  const card = opened.locator('main .whole > ul > li.card').first();
  await card.waitFor();
  if (options.pictures) await office.lookAllOver(opened, 'joining');
  const before = Number(await shelf(opened, 'joins').locator('b').textContent());
  for (const box of await card.locator('input').all()) await box.check();
  await card.locator('.primary').click();
  await opened.waitForFunction(
    (count) => Number(document.querySelector('[data-shelf=joins] b').textContent) < count,
    before,
  );
  await opened.context().close();
  let joined = 0;
  for (const { proposal, contributions } of (await suggestionsOf()).joins) {
    await act(cookie, 'join', { proposal, contributions: contributions.map(({ id }) => id).slice(0, 40) });
    joined += contributions.length;
  }
  say(`${joined} more joined as suggested; ${await joinByReading(cookie)} by reading, to a proposal of their workshop`);
}
/** As a person would who knows the subject: each goes to the proposal of its workshop that shares most words with it. */
async function joinByReading(cookie) {
  const { contributions, proposals } = await docket(cookie);
  const wordsIn = (text) => new Set(text.split(/[^\p{L}]+/u).filter((word) => word.length > 3));
  const workshopOf = new Map(contributions.map(({ id, workshop }) => [id, workshop]));
  const places = proposals.map((one) => ({
    id: one.id,
    workshop: workshopOf.get(one.contributions[0]),
    said: wordsIn(`${one.title} ${one.text}`),
    room: 40 - one.contributions.length,
    takes: [],
  }));
  for (const one of contributions.filter(isFree)) {
    const said = wordsIn(one.text);
    const shared = (place) => [...said].filter((word) => place.said.has(word)).length;
    const [best] = places
      .filter((place) => place.workshop === one.workshop && place.takes.length < place.room)
      .sort((a, b) => shared(b) - shared(a));
    if (best && shared(best) > 0) best.takes.push(one.id);
  }
  for (const { id, takes } of places) if (takes.length > 0) await act(cookie, 'join', { proposal: id, contributions: takes });
  return places.reduce((sum, { takes }) => sum + takes.length, 0);
}
/** What is like no proposal: several at once, with the same reason and words. */
async function setAsideInTheBrowser() {
  const opened = await desk('amal');
  const hands = new Hands(opened);
  await hands.click(shelf(opened, 'decide'));
  for (;;) {
    const left = Number(await shelf(opened, 'decide').locator('b').textContent());
    if (left === 0) break;
    if (left === 1) await hands.check(opened.locator('.queue li input').first());
    else await hands.click(opened.locator('.queue > .button'));
    await hands.click(opened.locator('section .button', { hasText: 'استبعادها معا' }));
    const form = opened.locator('[data-form^="refuse:several"]');
    await hands.choose(form.locator('select'), 'not_a_proposal');
    await hands.writeAll('[data-form^="refuse:several"] textarea', [
      'تشخيص أو نتيجة عامة لا تقترح إجراء بعينه؛ نُقلت إلى الإدارات مع مقترحات ورشتها',
      'Constat ou résultat général sans mesure précise, transmis aux administrations avec les propositions de l’atelier',
    ]);
    await office.look(opened, `setting-aside-${left}-ar-1366`);
    await hands.click(form.locator('.primary'));
    await opened.waitForFunction(
      (before) => Number(document.querySelector('[data-shelf=decide] b').textContent) < before,
      left,
    );
  }
  say(`what is like no proposal, set aside together: ${hands.told}`);
  await opened.context().close();
}

// --- Routed to five administrations --------------------------------------------------------------------------------------
let five = [];
async function routing() {
  const cookie = await as('amal');
  const { proposals } = await docket(cookie);
  const advice = new Map();
  for (const { id } of proposals) advice.set(id, await office.get(`/api/proposals/${id}/routing`, cookie));
  const tops = Map.groupBy(advice.values(), ({ suggestions }) => suggestions[0].administration);
  five = [...tops].sort((a, b) => b[1].length - a[1].length).slice(0, 5).map(([id]) => id);
  // A meeting on one subject may have fewer that the advice ranks first.
  for (const { suggestions } of advice.values())
    for (const { administration } of suggestions)
      if (five.length < 5 && !five.includes(administration)) five.push(administration);
  for (const id of five)
    for (const part of ['writer', 'approver']) server.addAccount(`${part}-${id}`, 'reviewer', ['--administration', id]);

  const opened = await desk('amal');
  await tab(opened, 'المقترحات');
  if (options.pictures) await office.lookAllOver(opened, 'proposals-to-send');
  const sure = proposals.find(({ id }) => !advice.get(id).doubtful && five.includes(advice.get(id).suggestions[0].administration));
  const first = sure ?? proposals[0];
  const hands = new Hands(opened);
  const card = opened.locator(`[data-proposal="${first.id}"]`);
  while ((await card.count()) === 0) await opened.locator('.more').click();
  await hands.click(card.locator('.primary').first());
  await card.locator('.choice').first().waitFor();
  await office.look(opened, 'routing-ar-1366');
  if (!sure) await hands.choose(card.locator('form select'), five[0]);
  await hands.click(card.locator('form .primary'));
  await opened.waitForFunction(
    (id) => !document.querySelector(`[data-proposal="${id}"] form`),
    first.id,
  );
  say(`a proposal sent as advised: ${hands.told}`);
  await opened.context().close();

  let followed = 0;
  for (const { id } of proposals) {
    if (id === first.id) continue;
    const { suggestions } = advice.get(id);
    const to = suggestions.find(({ administration }) => five.includes(administration))?.administration ?? five[0];
    followed += Number(to === suggestions[0].administration);
    await act(cookie, 'route', { proposal: id, lead: to });
  }
  say(`${proposals.length} proposals sent to ${five.join(', ')}; ${followed} of ${proposals.length - 1} to whom the advice ranks first`);
}

// --- One declines, the owner accepts ----------------------------------------------------------------------------------------
async function transfer() {
  const [from, to] = five;
  const opened = await desk(`writer-${from}`);
  if (options.pictures) await office.lookAllOver(opened, 'inbox');
  const hands = new Hands(opened);
  const card = opened.locator('li.proposal').first();
  const id = await card.getAttribute('data-proposal');
  await hands.click(card.locator('.button', { hasText: 'ليس من اختصاصنا' }));
  await hands.write(card.locator('form input').first(), 'مديرية الدراسات');
  await hands.choose(card.locator('form select'), to);
  await hands.writeAll(`[data-proposal="${id}"] form textarea`, ['يعود إلى إدارة أخرى', 'Cela relève d’une autre administration']);
  await office.look(opened, 'declining-ar-1366');
  await hands.click(card.locator('form .primary'));
  await opened.locator(`[data-proposal="${id}"]`).waitFor({ state: 'detached' });
  await opened.context().close();
  say(`a proposal declined: ${hands.told}`);

  const accepting = await desk(`writer-${to}`, { language: 'fr' });
  const owner = new Hands(accepting);
  const offered = accepting.locator(`[data-proposal="${id}"]`);
  while ((await offered.count()) === 0) await accepting.locator('section > .button').click();
  await offered.getByText('Cela relève d’une autre administration').first().waitFor();
  await office.look(accepting, 'offered-fr-1366');
  await owner.click(offered.locator('.button.primary'));
  await accepting.waitForFunction(
    (which) => document.querySelector(`[data-proposal="${which}"]`)?.classList.contains('routed'),
    id,
  );
  say(`and accepted by its owner: ${owner.told}`);
  await accepting.context().close();
}

// --- Five administrations answer ----------------------------------------------------------------------------------------------
const answers = {
  taken: words('سندرجه في خطة العمل', 'Nous l’inscrivons au plan d’action'),
  taken_in_part: words('نأخذ بنشر المعطيات دون إحداث هيئة جديدة', 'Nous retenons la publication, non la création d’un organe'),
  already_done: words('منشور على البوابة الوطنية', 'C’est publié sur le portail national'),
  later: words('مقبول، وسيُدرج في الخطة المقبلة', 'Retenu, pour le prochain plan'),
  not_feasible: words('لا تسمح كلفته بإنجازه في أجل الخطة', 'Son coût ne permet pas de le faire dans le temps du plan'),
  out_of_scope: words('لا يتعلق بالحكومة المنفتحة', 'Ne relève pas du gouvernement ouvert'),
  not_ours: words('من اختصاص إدارة أخرى', 'Relève d’une autre administration'),
};
const kinds = Object.keys(answers);

/** Writes one answer in the browser. */
async function write(opened, hands, kind) {
  const card = opened.locator('li.proposal.routed', { hasNot: opened.locator('form') }).first();
  const id = await card.getAttribute('data-proposal');
  const place = opened.locator(`[data-proposal="${id}"]`);
  await hands.click(place.locator('.button.primary').first());
  const form = place.locator('[data-form^="answer:"]');
  await hands.choose(form.locator('label', { hasText: /نوع الرد|Nature|Type/ }).locator('select').first(), kind);
  if (kind === 'not_ours') await hands.choose(form.locator('.administration select'), five[0]);
  await hands.write(form.locator('textarea[lang=ar]').first(), answers[kind].ar);
  await hands.write(form.locator('textarea[lang=fr]').first(), answers[kind].fr);
  if (kind === 'already_done') await hands.write(form.locator('input[type=url]'), 'https://gouvernement-ouvert.example/');
  return { id, form, place };
}
async function send({ id, form }, opened, hands) {
  await hands.click(form.locator('.primary'));
  await opened.waitForFunction(
    (which) => !document.querySelector(`[data-proposal="${which}"] form`),
    id,
  );
}

/** The first administration keeps words, begins an answer with them, changes and deletes them. */
async function templates(opened, hands) {
  await hands.click(opened.locator('.tabs .button', { hasText: 'نماذج الردود' }));
  await opened.locator('.card.empty').waitFor();
  await hands.click(opened.locator('main .button.primary', { hasText: 'نموذج جديد' }));
  await hands.write(opened.locator('[data-form="template:new"] input').first(), 'مقبول لاحقا');
  await hands.choose(opened.locator('[data-form="template:new"] select').first(), 'later');
  await hands.writeAll('[data-form="template:new"] textarea', [answers.later.ar, answers.later.fr]);
  await hands.click(opened.locator('[data-form="template:new"] .primary'));
  await opened.locator('li.template').waitFor();
  if (options.pictures) await office.lookAllOver(opened, 'templates');
  await hands.click(opened.locator('li.template .button').first());
  await hands.write(opened.locator('li.template form input').first(), 'في الخطة المقبلة');
  await hands.click(opened.locator('li.template form .primary'));
  await opened.locator('li.template h3', { hasText: 'في الخطة المقبلة' }).waitFor();
  await tab(opened, 'المقترحات الواردة');
  const place = opened.locator('li.proposal.routed').first();
  const id = await place.getAttribute('data-proposal');
  const card = opened.locator(`[data-proposal="${id}"]`);
  await hands.click(card.locator('.button.primary').first());
  await hands.choose(card.locator('form select').first(), { label: 'في الخطة المقبلة' });
  check((await card.locator('form textarea[lang=fr]').first().inputValue()) === answers.later.fr, 'the template did not fill the answer');
  await send({ id, form: card.locator('[data-form^="answer:"]') }, opened, hands);
  await tab(opened, 'نماذج الردود');
  await hands.click(opened.locator('li.template .quiet'));
  await hands.click(opened.locator('li.template .danger'));
  await opened.locator('.card.empty').waitFor();
  await tab(opened, 'المقترحات الواردة');
}

/** Two forms at once survive each other and a reload; another account in the same tab sees neither. */
async function drafts(opened, other) {
  const cards = opened.locator('li.proposal.routed');
  const ids = [await cards.nth(0).getAttribute('data-proposal'), await cards.nth(1).getAttribute('data-proposal')];
  const field = (id) => opened.locator(`[data-proposal="${id}"] [data-form^="answer:"] textarea[lang=ar]`).first();
  for (const [n, id] of ids.entries()) {
    await opened.locator(`[data-proposal="${id}"] .button.primary`).first().click();
    await field(id).fill(`مسودة ${n}`);
  }
  // A colleague's act refreshes the list.
  await opened.locator(`[data-proposal="${ids[0]}"] .assign select`).selectOption({ index: 1 });
  await shelf(opened, 'mine').locator('b', { hasText: '1' }).or(opened.locator('.assign')).first().waitFor();
  await opened.reload();
  for (const [n, id] of ids.entries()) {
    await field(id).waitFor();
    check((await field(id).inputValue()) === `مسودة ${n}`, 'a draft was lost');
  }
  await office.look(opened, 'answering-two-ar-1366');
  const context = opened.context();
  const [name, value] = (await as(other)).split(';')[0].split('=');
  const mine = (await context.cookies()).find((cookie) => cookie.name === name);
  await context.addCookies([{ name, value, url: server.url }]);
  await opened.reload();
  await opened.locator('.tabs').first().waitFor();
  check((await opened.getByText('مسودة').count()) === 0, 'somebody else reads a draft');
  await context.addCookies([mine]);
  await opened.reload();
  for (const id of ids) {
    await field(id).waitFor();
    await field(id).fill('');
    await opened.locator(`[data-proposal="${id}"] form .button`, { hasText: 'إغلاق' }).click();
  }
}

async function answering() {
  for (const [n, id] of five.entries()) {
    const opened = await desk(`writer-${id}`);
    await opened.locator('li.proposal').first().waitFor();
    const hands = new Hands(opened);
    if (n === 0) {
      await drafts(opened, `writer-${five[1]}`);
      await templates(opened, hands);
    }
    // Two kinds each: all seven are written by hand.
    const here = [kinds[n], kinds[n + 5] ?? 'taken'];
    for (const kind of here) {
      if ((await opened.locator('li.proposal.routed').count()) === 0) break;
      const written = await write(opened, hands, kind);
      const alike = written.form.locator('details summary');
      if (kind === 'taken' && (await alike.count()) > 0) {
        // One decision for another proposal as well, with words of its own.
        await hands.click(alike);
        await hands.check(written.form.locator('details input[type=checkbox]').first());
        await hands.writeAll(`[data-proposal="${written.id}"] details textarea`, ['مع مراعاة خصوصيته', 'En tenant compte de sa particularité']);
        await office.look(opened, `answering-together-${id}-ar-1366`);
      }
      await send(written, opened, hands);
    }
    // Whoever wrote reads why they do not publish.
    check((await opened.locator('.approve').count()) === 0, 'who wrote an answer is offered to publish it');
    if ((await opened.locator('li.proposal.answer_proposed').count()) > 0) await opened.locator('.why').first().waitFor();
    if (options.pictures && n === 0) await office.lookAllOver(opened, 'inbox-written');
    say(`${id}: answers written by hand: ${hands.told}`);
    await opened.context().close();
  }
  // The rest of each inbox.
  for (const [n, id] of five.entries()) {
    const writer = await as(`writer-${id}`);
    const left = (await inboxOf(writer)).filter(({ state }) => state === 'routed');
    for (const [index, { id: proposal }] of left.entries()) {
      const kind = kinds[(index + n) % kinds.length];
      await act(writer, 'answer', {
        proposal,
        kind,
        words: answers[kind],
        ...(kind === 'already_done' ? { link: 'https://gouvernement-ouvert.example/' } : {}),
        ...(kind === 'not_ours' ? { owner: five[(n + 1) % 5] } : {}),
      });
    }
  }
}

async function publishing() {
  for (const [n, id] of five.entries()) {
    const opened = await desk(`approver-${id}`, { language: n % 2 ? 'fr' : 'ar' });
    const hands = new Hands(opened);
    await hands.click(shelf(opened, 'approve'));
    const waiting = Number(await shelf(opened, 'approve').locator('b').textContent());
    if (waiting > 0) await opened.locator('.approve').first().waitFor();
    if (options.pictures && n === 0) await office.lookAllOver(opened, 'approving');
    // One alone, the others together.
    if (waiting > 1) {
      await hands.click(opened.locator('.approve').first());
      await opened.waitForFunction(
        (before) => Number(document.querySelector('[data-shelf=approve] b').textContent) < before,
        waiting,
      );
    }
    for (const box of (await opened.locator('li.proposal .choice input').all()).slice(0, 3))
      if (await box.isVisible()) await hands.check(box);
    if ((await opened.locator('.together button').count()) > 0) {
      const before = Number(await shelf(opened, 'approve').locator('b').textContent());
      await office.look(opened, `publishing-together-${id}-1366`);
      await hands.click(opened.locator('.together button'));
      await opened.waitForFunction(
        (count) => Number(document.querySelector('[data-shelf=approve] b').textContent) < count,
        before,
      );
    }
    say(`${id}: published by hand: ${hands.told}`);
    await opened.context().close();
    const approver = await as(`approver-${id}`);
    const left = (await inboxOf(approver)).filter(({ proposed_answer: one }) => one);
    for (let from = 0; from < left.length; from += 50)
      await act(approver, 'approve_together', { proposals: left.slice(from, from + 50).map(({ id: one }) => one) });
  }
}

// --- A promise and its progress ------------------------------------------------------------------------------------------------
async function commitment() {
  const inboxes = await Promise.all(five.map(async (id) => [id, await inboxOf(await as(`writer-${id}`))]));
  const [id] = inboxes.find(([, all]) => all.some(({ answer }) => answer?.kind === 'taken'));
  const promising = await desk(`writer-${id}`);
  const hands = new Hands(promising);
  await hands.click(promising.locator('.tabs .button', { hasText: 'التزاماتنا' }));
  await hands.click(promising.locator('.invitation .primary'));
  await hands.writeAll('[data-form^="commit:"] fieldset input.input', [
    ...['نشر المعلومات العمومية', 'Publier l’information publique'],
    ...['إعداد المنصة', 'Préparer la plateforme'],
  ]);
  await hands.writeAll('[data-form^="commit:"] textarea', [
    ...['لا تصل المعلومات إلى المواطنين', 'L’information ne parvient pas aux citoyens'],
    ...['منصة موحدة تنشر فيها المعلومات', 'Une plateforme unique publie l’information'],
    ...['يعزز الشفافية', 'Renforce la transparence'],
    ...['نسبة المعلومات المنشورة', 'Part de l’information publiée'],
  ]);
  await hands.writeAll('[data-form^="commit:"] input[type=date]', ['2027-01-01', '2027-12-31']);
  if (options.pictures) await office.lookAllOver(promising, 'commitment-form');
  await hands.click(promising.locator('[data-form^="commit:"] .primary'));
  await promising.locator('li.commitment').waitFor();
  say(`a commitment written: ${hands.told}`);

  const confirming = await desk('amal');
  await tab(confirming, 'الالتزامات');
  await confirming.locator('li.commitment .primary').click();
  await confirming.getByText('نُشر في').waitFor();
  await confirming.context().close();

  await promising.reload();
  await promising.locator('li.commitment > .button').click();
  await fill(promising, '[data-form^="progress:"] textarea', ['بدأ إعداد المنصة', 'La plateforme est en chantier']);
  await promising.locator('[data-form^="progress:"] .primary').click();
  await promising.locator('.report').waitFor();
  if (options.pictures) await office.lookAllOver(promising, 'our-commitments');
  await promising.context().close();
}

async function committee() {
  const member = await desk('member');
  await tab(member, 'رأي اللجنة');
  await member.locator('li.proposal .button', { hasText: 'إبداء الرأي' }).first().click();
  await member.locator('input[name^=stance]').first().check();
  await fill(member, 'form textarea', ['نؤيد هذا المقترح', 'Nous soutenons cette proposition']);
  await member.locator('form .primary').click();
  await member.locator('.opinions').first().waitFor();
  if (options.pictures) await office.lookAllOver(member, 'committee');
  await member.context().close();
}

// --- A stranger without script reads what became of everything -------------------------------------------------------------------
async function stranger() {
  const opened = await office.open(`/consultations/${at.consultation}?language=ar`, { javaScriptEnabled: false });
  const number = (text) => Number(text.replace(/[٠-٩]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.indexOf(digit)).replace(/\D/g, ''));
  const sheets = [];
  for (const sheet of await opened.locator('table.balance').all()) {
    const rows = await sheet.locator('tbody td:not(.hint)').allTextContents();
    const received = number(await sheet.locator('tfoot td').first().textContent());
    const sum = rows.map(number).reduce((a, b) => a + b, 0);
    check(sum === received, `the balance does not close: ${sum} of ${received}`);
    sheets.push(received);
  }
  const [received, ...ofWorkshops] = sheets;
  check(received === at.total, `${received} were received, ${at.total} were said`);
  const together = ofWorkshops.reduce((a, b) => a + b, 0);
  check(ofWorkshops.length > 0 && together === received, `the workshops' sheets are of ${together}, the whole of ${received}`);
  await office.picture(opened, 'balance-ar-1366');

  const { contributions } = await office.record(at.consultation);
  check(contributions.length === at.total, `${contributions.length} of ${at.total} are in the public record`);
  const links = new Set();
  for (let next = `/consultations/${at.consultation}?language=ar`; next; ) {
    await opened.goto(`${server.url}${next}`);
    for (const link of await opened.locator('ul.said a').all()) links.add((await link.getAttribute('href')).split('?')[0]);
    const more = opened.locator('a[rel=next]');
    next = (await more.count()) > 0 ? await more.first().getAttribute('href') : null;
  }
  check(links.size === at.total, `the public lists lead to ${links.size} of ${at.total} contributions`);

  // Every page is read as it is sent; of each fate one is opened in the browser as well.
  const fates = {};
  const tidy = (html) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
  for (const path of links) {
    const { status, text } = await request(where, 'GET', `${path}?language=ar`);
    const fate = tidy(/<article[^]*?class="state">([^]*?)<\/b>/.exec(text)?.[1] ?? '');
    const reason = tidy(/<div class="answer[^]*?<p class="words"[^>]*>([^]*?)<\/p>/.exec(text)?.[1] ?? '');
    check(status === 200 && fate, `${path} tells no fate`);
    check(reason.length > 5, `${path} (${fate}) tells no reason`);
    check(!/<script/.test(text), `${path} needs a script`);
    (fates[fate] ??= []).push(path);
  }
  for (const [fate, [path]] of Object.entries(fates)) {
    await opened.goto(`${server.url}${path}?language=ar`);
    await opened.locator('article .state', { hasText: fate }).waitFor();
    await opened.locator('.answer .words').first().waitFor();
  }
  await office.picture(opened, 'contribution-ar-1366');
  const told = Object.entries(fates).map(([fate, { length }]) => `${fate} ${length}`);
  say(`${links.size} public pages, each with a fate and its reason: ${told.join('، ')}`);
  await opened.goto(`${server.url}/nope`);
  await opened.locator('h1', { hasText: 'لا شيء في هذا العنوان' }).waitFor();
  await opened.context().close();
}

const steps = { meet: async () => (at = await meet()), screening, objection, merging, routing, transfer, answering, publishing, commitment, committee, stranger };
let failure;
try {
  for (const [name, step] of Object.entries(steps)) {
    const since = Date.now();
    await step();
    console.log(`ok   ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
  }
} catch (error) {
  failure = error;
  await office.picturesOfAll();
} finally {
  await office.close();
}
const verified = failure ? '' : (await server.end(), server.verify().trim().split('\n').at(-1));
await server.remove();
const { faults, complaints } = office;
for (const fault of [...faults, ...complaints, ...(failure ? [failure.stack] : [])]) console.log(`FAIL ${fault}`);
if (failure || faults.length > 0 || complaints.length > 0) process.exit(1);
console.log(`ok   the whole way of ${at.total} contributions in ${Math.round((Date.now() - began) / 1000)} s, ${office.screens} screens; ${verified}`);
