#!/usr/bin/env node
// What a meeting holds its people to and gives them back: expected results, who spoke, notes among those who steer, a
// template over prepared questions, the write box under a thumb, and the end. `meeting.mjs [WORDS] [--pictures DIR]`.
import { request } from '../trials/http.mjs';
import { check, laptop, phone, projector, tablet } from './looking.mjs';
import { Seat, textOf } from './room.mjs';
import { begin, openConsole, openRoom, until } from './walk.mjs';

const { server, where, facilitator, organiser, journey, end } = await begin({ boards: 9, organiser: true });
const settings = {
  ...{ moderation: 'after', anonymous: false, results_required: false, paused: false, slow_seconds: 0, quorum: 0 },
};
const console_ = (looking, workshop) => openConsole(looking, workshop, { cookie: facilitator });
const room = (looking, seat, given = phone) => openRoom(looking, seat, given);
const panel = (opened, n) => opened.locator('nav button[aria-controls=panel]').nth(n);

await journey('a solution comes with its result, on a phone and from a table', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const person = await sit(Seat.participant(server, workshop));
  const opened = await room(looking, person);
  // Written while the rule was not there, and refused because it came meanwhile: the words wait, the result is asked for.
  await opened.waitForSelector('#text');
  await opened.context().setOffline(true);
  await opened.fill('#text', 'حافلة إضافية مساء');
  await opened.click('#panel-write button[type=submit]');
  await staff.perform({ action: 'settings.set', settings: { ...settings, results_required: true } });
  await opened.context().setOffline(false);
  await opened.click('#tab-mine');
  await opened.waitForSelector('.rejected .error-text');
  check((await opened.innerText('.rejected')).includes('حافلة إضافية مساء'), 'the words are gone');
  await opened.locator('.rejected .button').first().click();
  await opened.locator('.rejected textarea').nth(1).fill('يعود الطلبة قبل الثامنة');
  await looking.look(opened, 'refused-for-its-result');
  await opened.locator('.rejected .primary').click();
  await opened.waitForFunction(() => document.querySelectorAll('#panel-mine .kept').length === 2);
  check((await opened.locator('#panel-mine code').count()) === 2, 'the result has no receipt of its own');

  await opened.click('#tab-write');
  await opened.fill('#text', 'نشر أوقات الحافلات');
  await opened.click('#panel-write button[type=submit]');
  await opened.waitForSelector('#expected:focus'); // the button led on
  await opened.click('#panel-write button[type=submit]');
  await opened.waitForSelector('#panel-write .error-text');
  check((await opened.inputValue('#text')) === 'نشر أوقات الحافلات', 'what was typed is gone');
  await looking.look(opened, 'result-is-asked-for');
  await opened.fill('#expected', 'يعرف الجميع متى تمر');
  await opened.click('#panel-write button[type=submit]');
  await opened.click('#tab-mine');
  await opened.waitForFunction(() => document.querySelectorAll('#panel-mine .kept').length === 4);

  const table = await staff.perform({ action: 'table.add', title: 'المجموعة 1' });
  const colleague = await sit(Seat.participant(server, workshop));
  await staff.perform({ action: 'table.seat', table, participants: [person.id, colleague.id] });
  const snapshot = async () =>
    (await request(where, 'GET', `/api/workshops/${workshop.id}/snapshot`, { cookie: person.cookie })).json;
  const atTable = (found) => opened.locator(`#panel-table ${found}`);
  await opened.locator('#tab-table').click();
  await atTable('section .primary').click();
  await atTable('.stack textarea').first().fill('موقف آمن للدراجات');
  await atTable('.expected .stack textarea').waitFor();
  await atTable('.actions .primary').click();
  await atTable('.error-text').waitFor();
  await looking.look(opened, 'table-result-is-asked-for');
  // A colleague begins the result's words and the page goes on with them.
  const begun = (await snapshot()).drafts.find(({ result_of }) => result_of);
  await colleague.perform({ action: 'draft.change', draft: begun.id, revision: 0, edit: ['يأتي التلاميذ'] });
  await opened.waitForFunction(
    () => document.querySelector('#panel-table .expected textarea').value === 'يأتي التلاميذ',
  );
  await atTable('.expected .stack textarea').focus();
  await opened.keyboard.press('End');
  await opened.keyboard.type(' وحدهم');
  await looking.look(opened, 'table-result-is-written-together');
  await atTable('.actions .primary').click();
  await atTable('.expected .notice').waitFor();
  await looking.look(opened, 'table-result-is-handed-in');
  const handedIn = (await snapshot()).contributions.find(({ text }) => text === 'يأتي التلاميذ وحدهم');
  check(handedIn?.kind === 'result' && handedIn.writers === 2, 'the result is not of both who wrote it');

  await atTable('.button.quiet').first().click();
  await atTable('section .primary').click();
  await atTable('.stack textarea').first().fill('ممر للراجلين أمام المدرسة');
  await atTable('.editor > .head [data-state=kept]').first().waitFor();

  const console__ = await console_(looking, workshop);
  await panel(console__, 2).click();
  await console__.locator('.unfinished li', { hasText: 'ممر للراجلين' }).waitFor();
  await console__.locator('#panel > .row .primary').last().click();
  await console__.waitForSelector('.unfinished .error-text');
  await looking.look(console__, 'brought-back-without-result');
  await console__.locator('.unfinished textarea').fill('يعبر الأطفال بأمان');
  await console__.locator('#panel > .row .primary').last().click();
  await console__.waitForFunction(() => document.querySelectorAll('ol button')[4]?.getAttribute('aria-current') === 'step');
  const words = (await snapshot()).contributions.map(({ text }) => text);
  for (const text of ['ممر للراجلين أمام المدرسة', 'يعبر الأطفال بأمان', 'يعود الطلبة قبل الثامنة'])
    check(words.includes(text), `${text} is not on the board`);
  check((await snapshot()).drafts.length === 0, 'an empty draft stays');
});

await journey('one person is moved, a table gets its name and who speaks for it, and each is taken back', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  const people = [];
  for (const display_name of ['أمينة', 'سعيد']) people.push(await sit(Seat.participant(server, workshop, { display_name })));
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const tables = [];
  for (const title of ['المجموعة 1', 'المجموعة 2']) tables.push(await staff.perform({ action: 'table.add', title }));
  await staff.perform({ action: 'table.seat', table: tables[0], participants: people.map(({ id }) => id) });
  const opened = await console_(looking, workshop);
  const snapshot = async () =>
    (await request(where, 'GET', `/api/workshops/${workshop.id}/snapshot?audience=staff`, { cookie: facilitator })).json;
  const becomes = (what, wanted, message) => until(async () => what(await snapshot()) === wanted, message);
  const undo = opened.locator('#panel .done .button');
  await panel(opened, 5).click();
  await opened.locator('#panel tbody tr', { hasText: 'أمينة' }).locator('select').selectOption(tables[1]);
  const seat = ({ seats }) => seats[people[0].id];
  await becomes(seat, tables[1], 'she was not moved');
  await looking.look(opened, 'one-person-is-moved');
  await undo.click();
  await becomes(seat, tables[0], 'she was not moved back');
  await panel(opened, 2).click();
  const first = opened.locator('#panel .tables > li').first();
  await first.locator('select').selectOption(people[1].id);
  await becomes((board) => board.tables[0].rapporteur_name, 'سعيد', 'nobody was named');
  await first.locator('.button.quiet', { hasText: 'إعادة تسمية' }).click();
  check((await opened.inputValue('dialog[open] input')) === 'المجموعة 1', 'the old name is not there to be changed');
  await opened.fill('dialog[open] input', 'الصحة');
  await opened.keyboard.press('Enter');
  const title = (board) => board.tables[0].title;
  await becomes(title, 'الصحة', 'the table was not renamed');
  await looking.look(opened, 'table-has-name-and-rapporteur');
  await undo.click();
  await becomes(title, 'المجموعة 1', 'the table was not renamed back');
});

/** What of a projector's page is not to be read: cut at its edge, or smaller than a room can read. */
const unread = (screen) =>
  screen.evaluate(() => {
    const edge = document.querySelector('main').getBoundingClientRect();
    const shown = [...document.querySelectorAll('main p, main h2, main b')].filter((one) => !one.closest('.measure'));
    return shown
      .filter((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return top < edge.top - 1 || bottom > edge.bottom + 1 || parseFloat(getComputedStyle(one).fontSize) < 32;
      })
      .map((one) => one.textContent.slice(0, 40));
  });

await journey('the projector shows solutions with what is expected of them, and cuts nothing', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  const people = [];
  for (let i = 0; i < 6; i++) people.push(await sit(Seat.participant(server, workshop)));
  await staff.perform({ action: 'settings.set', settings: { ...settings, quorum: 3 } });
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const long = (n) => Array.from({ length: 12 }, (_, k) => textOf(n + 7 * k)).join('، ').slice(0, 498);
  const solutions = [];
  for (let i = 0; i < 12; i++) {
    const words = i === 2 ? long(1) : `حل ${i}: ${textOf(i)}`;
    solutions.push(await people[i % 6].perform({ action: 'contribute', kind: 'solution', text: words }));
    for (let k = 0; k < (i === 2 ? 3 : 1); k++) {
      const text = i === 2 ? long(k + 2) : `نتيجة الحل ${i}`;
      await people[i % 6].perform({ action: 'contribute', kind: 'result', follows_from: [solutions[i]], text });
    }
  }
  const screen = await looking.open(`/screen/${workshop.id}`, { cookie: facilitator, ...projector });
  const pageOf = () => screen.evaluate(() => document.querySelector('aside').innerText.match(/(\d+) من (\d+)/)?.slice(1).map(Number));
  const card = screen.locator('main li', { hasText: 'حل 11:' });
  await card.filter({ hasText: 'نتيجة الحل 11' }).waitFor();
  check((await pageOf())?.[1] > 1, 'a board that is longer than a page has one page');
  check((await unread(screen)).length === 0, `board: ${await unread(screen)}`);
  await looking.look(screen, 'projector-solutions-with-results', { whole: false });

  const show = async (view, target) => staff.perform({ action: 'projector.show', view, ...(target && { target }) });
  await show('contribution', solutions[2]);
  await screen.locator('.chosen.contribution .expected').waitFor();
  check((await pageOf())?.join() === '1,3', 'its three long results are not shown one after the other');
  check((await unread(screen)).length === 0, `card: ${await unread(screen)}`);
  await looking.look(screen, 'projector-long-solution', { whole: false });

  await staff.perform({ action: 'phase.enter', phase: 'plenary' });
  const supports = (person, n) => people[person].perform({ action: 'support', contribution: solutions[n], on: true });
  for (const [person, n] of [[0, 1], [1, 3], [2, 4], [3, 5], [4, 5]]) await supports(person, n);
  await supports(2, 5);
  // Of what is one card now four people support a part, its first words two of them; the other solution has three.
  await staff.perform({ action: 'merge', into: solutions[3], contributions: [solutions[4], solutions[1]] });
  await supports(5, 3);
  await staff.perform({ action: 'count', contribution: solutions[5], channel: 'hands', people: 21 });
  const first = () => screen.locator('main section li').first().innerText();
  await show('board');
  await screen.waitForFunction(() => document.querySelector('main section li')?.innerText.includes('♥ 4'));
  check((await first()).includes('حل 3:'), 'the board ranks a group by its first card alone');
  await show('results');
  await screen.locator('.result', { hasText: '21' }).waitFor();
  check((await first()).includes('حل 3:'), 'the results rank a group otherwise than the board');
  await screen.locator('.turnout .good').waitFor();
  check((await unread(screen)).length === 0, `results: ${await unread(screen)}`);
  await looking.look(screen, 'projector-results', { whole: false });
});

await journey('who spoke is told by groups of three and more', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  await staff.perform({ action: 'phase.enter', phase: 'plenary' });
  const people = [];
  const kinds = ['association', 'association', 'administration', 'university', 'association', 'media'];
  for (let i = 0; i < 12; i++)
    people.push(
      await sit(
        Seat.participant(server, workshop, {
          gender: i % 3 === 0 ? 'woman' : 'man',
          organisation: kinds[i % kinds.length],
          ...(i < 7 ? { age: i < 4 ? 'under_35' : '35_to_60' } : {}),
        }),
      ),
    );
  const opened = await console_(looking, workshop);
  await panel(opened, 4).click();
  await opened.waitForSelector('#speaking-title');
  await looking.look(opened, 'speaking-nobody-yet');
  for (const n of [1, 2, 4, 5, 7, 0]) {
    await staff.perform({ action: 'floor.give', participant: people[n].id });
    await opened.waitForTimeout(n === 0 ? 300 : 900);
  }
  await staff.perform({ action: 'floor.end' });
  const gender = opened.locator('table', { hasText: 'نساء' });
  await gender.waitFor();
  await opened.waitForFunction(() => /6/.test(document.querySelector('section[aria-labelledby=speaking-title] p b')?.textContent ?? ''));
  for (const width of ['laptop', 'tablet', 'phone']) {
    await opened.setViewportSize({ laptop, tablet, phone }[width].viewport);
    await looking.look(opened, `speaking-${width}`);
  }
  const counts = await opened.locator('section[aria-labelledby=speaking-title] tbody th').allInnerTexts();
  check(counts.some((text) => text.includes('مجموعات صغيرة')), 'small groups are told of by themselves');
  check(!counts.some((text) => text.includes('إعلام')), 'two of the media are told of by themselves');
  const csv = await request(where, 'GET', `/api/workshops/${workshop.id}/speaking.csv`, { cookie: facilitator });
  check(csv.text.includes('"gender","woman","4"'), csv.text);
});

await journey('a note to the facilitators says from whom, and its answer comes back', async (looking, workshop) => {
  const opened = await console_(looking, workshop);
  const overview = await looking.open('/console', { cookie: organiser });
  await overview.locator('section', { hasText: 'سبورات' }).locator('a[href*="overview="]').click();
  const card = overview.locator('article', { has: overview.locator(`#title-${workshop.id}`) });
  await card.locator('.foot .button').click();
  await overview.fill('#message-text', 'كم بقي لكم؟');
  await overview.locator('dialog[open] button[type=submit]').click();
  await overview.locator('dialog li.good').waitFor();
  await overview.keyboard.press('Escape');
  const notice = opened.locator('.notice');
  await notice.filter({ hasText: 'salma' }).waitFor();
  await notice.locator('.acts .button').nth(2).click();
  await notice.locator('input').fill('خمس دقائق');
  await looking.look(opened, 'note-is-answered');
  await opened.keyboard.press('Enter');
  await notice.waitFor({ state: 'detached' });
  await card.locator('.notes li', { hasText: 'خمس دقائق' }).waitFor();
  await looking.look(overview, 'answer-in-the-overview');
  await card.locator('.notes li', { hasText: 'خمس دقائق' }).locator('.button').click();
  check((await overview.locator('dialog blockquote').innerText()).includes('خمس دقائق'), 'what is answered is not shown');
  await overview.fill('#message-text', 'شكرا');
  await overview.locator('dialog[open] button[type=submit]').click();
  await panel(opened, 7).click();
  await opened.locator('#panel li', { hasText: 'شكرا' }).locator('.answered').waitFor();
  await looking.look(opened, 'notes');
});

await journey('a template asks before it replaces what is prepared, and can be undone', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  const own = 'سؤال أعددته بنفسي';
  await staff.perform({
    action: 'agenda.set',
    agenda: [{ phase: 'problems', question: own, guidance: 'بطاقة لكل فكرة' }, { phase: 'solutions', link: 'https://example.org/' }],
  });
  const opened = await console_(looking, workshop);
  await panel(opened, 0).click();
  const question = opened.locator('#panel ol li').nth(1).locator('textarea').first();
  await question.waitFor();
  await opened.locator('.templates .button').first().click();
  await opened.waitForSelector('dialog[open] .replaced li');
  check((await opened.locator('dialog[open] .replaced li').count()) === 3, 'not everything that would go is named');
  check((await question.inputValue()) === own, 'it was replaced before it was asked');
  await looking.look(opened, 'template-asks');
  await opened.locator('dialog[open] .primary').click();
  check((await question.inputValue()) === own, 'the own question was not kept');
  check((await opened.locator('#panel ol li').nth(3).locator('input').first().inputValue()) === '60', 'the rest was not taken');
  await opened.locator('#panel form .row .button', { hasText: 'تراجع' }).click();
  check((await opened.locator('#panel ol li').nth(3).locator('input').first().inputValue()) === '0', 'it was not undone');
  await opened.locator('.templates .button').first().click();
  await opened.locator('dialog[open] .danger').click();
  check((await question.inputValue()) !== own, 'it was not replaced');
  // Writing is paused at one press beside the phase: nothing of the form goes with it, and the form does not end it.
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const inForce = async () =>
    (await request(where, 'GET', `/api/workshops/${workshop.id}/snapshot`, { cookie: facilitator })).json;
  await opened.locator('.writing .button').first().click();
  await opened.locator('.writing p').waitFor();
  check((await inForce()).settings.paused, 'writing is not paused');
  check((await inForce()).questions.problems === own, 'what was not applied went along');
  check((await opened.locator('.meanwhile').count()) === 0, 'a press of one’s own counts as somebody else’s change');
  // Closed and opened again, the form is as it was left.
  await panel(opened, 0).click();
  await panel(opened, 0).click();
  await question.waitFor();
  check((await question.inputValue()) !== own, 'a form that was not applied is forgotten');
  await opened.locator('#panel form button[type=submit]').click();
  const board = async () =>
    (await request(where, 'GET', `/api/workshops/${workshop.id}/snapshot`, { cookie: facilitator })).json.questions.problems;
  await opened.locator('#panel form .row .button', { hasText: 'تراجع' }).waitFor();
  check((await board()) !== own, 'it was not applied');
  check((await inForce()).settings.paused, 'applying the form let the room write again');
  await looking.look(opened, 'template-applied');
  await opened.locator('#panel form .row .button', { hasText: 'تراجع' }).click();
  await until(async () => (await board()) === own, 'undoing did not bring the own question back');
});

await journey('the send button is in reach on a small phone, with the keyboard and without', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  await staff.perform({
    action: 'agenda.set',
    agenda: [{ phase: 'solutions', question: 'ماذا تقترح مجموعتكم، وأي نتيجة تنتظرون من كل حل من هذه الحلول؟', guidance: 'حل واحد في كل مساهمة، ثم نتيجته.' }],
  });
  await staff.perform({ action: 'settings.set', settings: { ...settings, results_required: true } });
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  await staff.perform({ action: 'timer.start', duration_ms: 600_000 });
  const person = await sit(Seat.participant(server, workshop, { display_name: 'فاطمة الزهراء' }));
  for (const language of ['ar', 'fr', 'en']) {
    const opened = await room(looking, person, { ...phone, language });
    await opened.waitForSelector('#text');
    const inReach = () =>
      opened.evaluate(async () => {
        // When the page has been drawn: the heights of what else sticks to its edges are known only then.
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        const button = document.querySelector('#panel-write button[type=submit]');
        const box = button.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return box.top >= 0 && box.bottom <= visualViewport.height && button.contains(top);
      });
    check(await inReach(), `${language}: one has to scroll for it`);
    await looking.look(opened, `write-${language}`, { whole: false });
    await opened.tap('#text');
    await opened.waitForSelector('#text:focus');
    check(await inReach(), `${language}: not with the focus`);
    // As a keyboard leaves it: the page asks to be made smaller by it.
    await opened.setViewportSize({ width: 360, height: 420 });
    await opened.evaluate(() => document.activeElement.scrollIntoView({ block: 'nearest' }));
    check(await inReach(), `${language}: not above the keyboard`);
    const text = await opened.evaluate(() => {
      const box = document.querySelector('#text').getBoundingClientRect();
      return Math.min(box.bottom, document.querySelector('.send').getBoundingClientRect().top) - Math.max(box.top, 0);
    });
    check(text > 60, `${language}: only ${Math.round(text)} px of the box are to be seen`);
    await looking.look(opened, `write-${language}-keyboard`, { whole: false });
    await opened.evaluate(() => document.querySelector('#panel-write button[type=submit]').blur());
    await staff.perform({ action: 'caption.set', text: 'ما يقال الآن في القاعة' });
    await opened.setViewportSize(phone.viewport);
    await opened.waitForSelector('.caption p');
    check(await inReach(), `${language}: the captions cover it`);
    await staff.perform({ action: 'caption.set', text: null });
    await opened.context().close();
  }
});

await journey('when it is over, nobody is in a meeting any more', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const person = await sit(Seat.participant(server, workshop));
  for (const text of ['مدخل دون منحدر', 'لا يُعلن عن الانقطاع']) await person.perform({ action: 'contribute', kind: 'problem', text });
  await person.perform({ action: 'floor.ask' });
  await staff.perform({ action: 'timer.start', duration_ms: 600_000 });
  const small = await room(looking, person);
  await small.waitForSelector('#text');
  await small.fill('#text', 'كُتبت ولم تُرسل');
  const opened = await console_(looking, workshop);
  const screen = await looking.open(`/screen/${workshop.id}`, { cookie: facilitator, ...projector });
  await screen.waitForSelector('.timer');
  await staff.perform({ action: 'projector.show', view: 'timer' });
  await opened.locator('ol button').nth(5).click();
  await opened.locator('dialog[open] .primary').click();
  await opened.waitForSelector('#closed-title');
  for (const gone of ['#timer-title', 'nav button[aria-controls=panel]', '[data-card]'])
    check((await opened.locator(gone).count()) === 0, `the console still has ${gone}`);
  await opened.locator('.end a[href^="/consultations/"]').waitFor();
  await looking.look(opened, 'closed-console');
  await small.waitForSelector('#panel-after h2');
  for (const gone of ['.timer', '.floor', '#text', '#panel-write'])
    check((await small.locator(gone).count()) === 0, `the room still has ${gone}`);
  check((await small.innerText('#panel-after')).includes('كُتبت ولم تُرسل'), 'what was not sent is not given back');
  check((await small.locator('#panel-after .receipt').count()) === 2, 'the receipts are not there');
  await small.locator('#panel-after a[href^="/consultations/"]').waitFor();
  await looking.look(small, 'closed-room');
  await screen.waitForSelector('.thanks ol');
  check((await screen.locator('.timer, aside:visible').count()) === 0, 'the screen still asks to join or counts');
  await looking.look(screen, 'closed-screen');
  for (const language of ['fr', 'en'])
    for (const colorScheme of ['light', 'dark']) {
      const given = { language, colorScheme };
      const again = await room(looking, person, { ...phone, ...given });
      await again.waitForSelector('#panel-after h2');
      await looking.look(again, `closed-room-${language}-${colorScheme}`);
      const desk = await looking.open(`/console/${workshop.id}`, { cookie: facilitator, ...given });
      await desk.waitForSelector('#closed-title');
      await looking.look(desk, `closed-console-${language}-${colorScheme}`);
    }
  await small.click('#panel-after a[href^="/consultations/"]');
  await small.waitForSelector('main h1');
  await opened.locator('.end .row button').click();
  await opened.locator('dialog[open] .primary').click();
  await opened.waitForSelector('ol button[aria-current=step]');
});

await end();
