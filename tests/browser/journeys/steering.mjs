// What a facilitator does with a workshop, and what the room and the projector see of it.
import { boardStaff, Seat } from '../room.mjs';
import { boards, check, context, enter, facilitate, fair, joinRoom, journey, page, phone, projector, server, workshops, write } from '../setting.mjs';

await journey('the facilitator groups, times, hides with a reason, and undoes; the projector follows', async () => {
  const [, workshop] = workshops;
  const console_ = await facilitate(workshop);
  const screen = await page(console_.context());
  await screen.setViewportSize(projector.viewport);
  await screen.goto(`${server.url}/screen/${workshop.id}`);
  const one = await joinRoom(await context(phone), workshop);
  await enter(console_, 'problems');
  await write(one, 'لا يُعلن عن الانقطاع');
  await write(one, 'عبارة ستُحجب');
  await screen.waitForSelector('text=عبارة ستُحجب');
  await console_.locator('[data-card] .face', { hasText: 'عبارة ستُحجب' }).focus();
  await console_.keyboard.press('h');
  await console_.locator('dialog[open] input[type=radio]').first().check();
  await console_.locator('dialog[open] button[type=submit]').click();
  await screen.waitForFunction(() => !document.body.innerText.includes('عبارة ستُحجب'));
  await one.click('#tab-mine');
  await one.waitForSelector('text=محجوبة');
  await enter(console_, 'grouping');
  await console_.locator('.themes .new').click();
  await console_.fill('dialog[open] input', 'الإخبار');
  await console_.keyboard.press('Enter');
  await console_.waitForSelector('section[aria-label="الإخبار"]');
  await console_.locator('[data-card] .face', { hasText: 'لا يُعلن' }).focus();
  await console_.keyboard.press('m');
  await console_.keyboard.press('Enter');
  await console_.waitForSelector('section[aria-label="الإخبار"] [data-card]');
  await screen.waitForSelector('h2:has-text("الإخبار")');
  await console_.keyboard.press('z');
  await console_.waitForSelector('section[aria-label="دون عنوان"] [data-card]:has-text("لا يُعلن")');
  await console_.locator('section:has(#timer-title) button').first().click();
  await screen.waitForSelector('.timer [role=timer]');
  await one.waitForSelector('.timer [role=timer]');
});

await journey('the facilitator prepares from a template, seats tables, reveals, and chooses the screen', async () => {
  const workshop = workshops[2];
  const participant = await joinRoom(await context(phone), workshop);
  const staff = await facilitate(workshop);
  const panels = staff.locator('nav button[aria-controls=panel]');
  await panels.nth(0).click();
  await staff.locator('#panel .templates button').nth(2).click();
  await staff.locator('dialog[open] .danger').click(); // over the questions that are there: it is asked first
  await staff.locator('#panel form button[type=submit]').click();
  await staff.waitForFunction(() => /\S/.test(document.querySelector('#panel form p[role=status]')?.textContent ?? ''));
  await enter(staff, 'problems');
  await participant.locator('h1').filter({ hasText: 'ما الذي يعيق' }).waitFor();
  const words = 'الحافلة لا تمر بعد السادسة';
  await write(participant, words);
  const other = await joinRoom(await context(phone), workshop);
  await other.click('#tab-board');
  check(!(await other.textContent('body')).includes(words), 'the room reads what was written silently');
  await staff.locator('.silent button').click();
  await staff.locator('dialog[open] .primary').click(); // there is no way back: it is asked first
  await other.getByText(words).waitFor();
  await panels.nth(2).click();
  await staff.locator('#panel button').nth(1).click();
  await staff.locator('#panel .proposal button.primary').click();
  await staff.locator('#panel ul.tables li').first().waitFor();
  await other.locator('#tab-table').waitFor();
  const screen = await page(await context(projector));
  await screen.context().addCookies(await staff.context().cookies());
  await screen.goto(`${server.url}/screen/${workshop.id}`);
  await panels.nth(6).click();
  await staff.locator('#panel button').nth(5).click();
  await screen.locator('.chosen.tables li').first().waitFor();
});

/** Which phase it is, counted from 0. */
const present = (console_) =>
  console_.evaluate(() => [...document.querySelectorAll('ol button')].findIndex((one) => one.ariaCurrent === 'step'));
const reached = (console_, index) =>
  console_.waitForFunction(
    (n) => document.querySelectorAll('ol button')[n].getAttribute('aria-current') === 'step',
    index,
  );
/** Until the console has seen what everything that it sent before had come to. */
async function caughtUp(console_, seat, title) {
  await seat.perform({ action: 'theme.add', title });
  await console_.waitForSelector(`section[aria-label="${title}"]`);
}

await journey('a second press in haste does not skip a phase; a leap over phases is asked first', async () => {
  const workshop = boards.pop();
  const console_ = await facilitate(workshop, boardStaff[0]);
  const seat = await Seat.staff(server, workshop);
  const next = console_.locator('section:has(ol) > button');
  // By the page itself, at the moment at which the button names the next phase: from here it may be too late for haste.
  const secondPress = next.evaluate(
    (button) =>
      new Promise((pressed) => {
        const list = button.closest('section').querySelector('ol');
        const observer = new MutationObserver(() => {
          if (list.querySelectorAll('button')[1].getAttribute('aria-current') !== 'step') return;
          observer.disconnect();
          button.click();
          pressed();
        });
        observer.observe(list, { attributes: true, subtree: true });
      }),
  );
  await Promise.all([secondPress, next.click()]); // once it has settled
  await reached(console_, 1);
  await caughtUp(console_, seat, 'بعد الضغطة الثانية');
  check((await present(console_)) === 1, 'the press for the last phase entered the one after');
  await next.dblclick();
  await reached(console_, 2);
  await caughtUp(console_, seat, 'بعد ضغطتين معا');
  check((await present(console_)) === 2, 'a double click went two phases on');
  await console_.locator('ol button').nth(4).click();
  await console_.locator('dialog[open] .primary').waitFor();
  await console_.keyboard.press('Escape');
  await caughtUp(console_, seat, 'بعد التراجع');
  check((await present(console_)) === 2, 'a leap was not asked first');
  seat.leave();
});

await journey('what a facilitator steers without a connection is said not to be done, and never runs later', async () => {
  const workshop = boards.pop();
  const console_ = await facilitate(workshop, boardStaff[0]);
  const next = console_.locator('section:has(ol) > button');
  await next.click({ trial: true }); // it has settled
  await server.end();
  try {
    await console_.waitForSelector('.dot:not(.live)');
    await next.click();
    await console_.locator('section:has(#timer-title) button').first().click();
    await console_.waitForSelector('.complaint[role=alert]');
  } finally {
    await server.start();
  }
  const seat = await Seat.staff(server, workshop);
  await seat.perform({ action: 'phase.enter', phase: 'problems' });
  await seat.perform({ action: 'phase.enter', phase: 'grouping' });
  await console_.evaluate(() => dispatchEvent(new Event('online')));
  await console_.waitForSelector('.dot.live');
  await caughtUp(console_, seat, 'بعد العودة');
  check((await present(console_)) === 2, 'an old press threw the room back');
  check((await console_.locator('section:has(#timer-title) .time').count()) === 0, 'an old press started the timer');
  seat.leave();
});

const panel = (console_, name) => console_.locator(`nav button:has-text("${name}")`);

await journey('what is written for somebody is recorded once, however often it is pressed, and outlives its panel and a reload', async () => {
  const workshop = boards.pop();
  const console_ = await facilitate(workshop, boardStaff[0]);
  const seat = await Seat.staff(server, workshop);
  await enter(console_, 'problems');
  for (const [name, part] of [['الشاشة', '#caption'], ['رسائل', 'form input'], ['المشاركون', 'form textarea']]) {
    await panel(console_, name).click();
    await console_.waitForSelector(`#panel ${part}`);
  }
  const words = 'قالها من لا هاتف له';
  const record = () => console_.locator('#panel > form button[type=submit]').dispatchEvent('click'); // also while it is busy
  await server.end();
  seat.leave();
  try {
    await console_.waitForSelector('.dot:not(.live)');
    await console_.fill('#panel form textarea', words);
    for (let press = 0; press < 3; press++) await record();
    // A panel that was never opened can't be fetched now, and says so.
    await panel(console_, 'مجموعات').click();
    await console_.waitForSelector('#panel [role=alert]');
    await panel(console_, 'الشاشة').click();
    await console_.fill('#caption', 'الكلمة الآن للسيدة الرئيسة');
    await panel(console_, 'رسائل').click();
    await console_.fill('#panel form input', 'لم أُنهِ هذه الرسالة');
    await panel(console_, 'المشاركون').click();
    check((await console_.inputValue('#panel form textarea')) === words, 'the panel lost what was dictated');
    await record();
  } finally {
    await server.start();
  }
  await console_.evaluate(() => dispatchEvent(new Event('online')));
  await console_.waitForSelector('#panel > form p[role=status]:has-text("-")'); // its receipt
  check((await console_.inputValue('#panel form textarea')) === '', 'what was recorded can be recorded again');
  const again = await Seat.staff(server, workshop);
  await enter(console_, 'grouping');
  await caughtUp(console_, again, 'بعد التسجيل');
  const count = await console_.locator('[data-card]', { hasText: words }).count();
  check(count === 1, `it was recorded ${count} times`);
  await panel(console_, 'الشاشة').click();
  check((await console_.inputValue('#caption')) !== '', 'the panel lost the caption');
  await panel(console_, 'رسائل').click();
  check((await console_.inputValue('#panel form input')) !== '', 'the panel lost the note');
  await panel(console_, 'البرنامج').click();
  const question = console_.locator('#panel textarea').first();
  await question.fill('سؤال لم يُطبق بعد');
  await console_.reload();
  await console_.waitForSelector('.dot.live');
  await panel(console_, 'البرنامج').click();
  await question.waitFor();
  check((await question.inputValue()) === 'سؤال لم يُطبق بعد', 'a reload lost the question that was not applied');
  await panel(console_, 'الشاشة').click();
  await console_.waitForSelector('#caption');
  check((await console_.inputValue('#caption')) !== '', 'a reload lost the caption');
  again.leave();
});

await journey('a person is removed for a ground that the facilitator chose', async () => {
  const workshop = boards.pop();
  const person = await joinRoom(await context(phone), workshop);
  const console_ = await facilitate(workshop, boardStaff[0]);
  await enter(console_, 'problems');
  await panel(console_, 'المشاركون').click();
  const button = console_.locator('#panel tbody button');
  await button.click();
  const dialog = console_.locator('dialog[open]');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('[role=alert]').waitFor();
  await fair(console_, 'the grounds of a removal');
  await console_.setViewportSize(phone.viewport);
  const width = await console_.evaluate(() => document.documentElement.scrollWidth);
  check(width === phone.viewport.width, `on a phone the console is ${width} px wide`);
  await dialog.locator('input[value=advertising]').check();
  await dialog.locator('button[type=submit]').click();
  await person.locator('.pause').waitFor();
  await console_.waitForSelector('#panel tr.removed');
  const log = await console_.evaluate(
    (path) => fetch(path).then((answer) => answer.text()),
    `/api/workshops/${workshop.id}/log.csv`,
  );
  check(log.includes('advertising') && !log.includes('disrespect'), 'the log has a ground that nobody chose');
  await button.click();
  await person.locator('#text').waitFor();
});

await journey('the projector says who speaks beside the board, and each card stands on the side of its own direction', async () => {
  const workshop = boards.pop();
  const staff = await Seat.staff(server, workshop);
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const speaker = await Seat.participant(server, workshop, { display_name: 'سعاد' });
  for (const text of ['لا حافلة', 'No bus', 'Pas de bus après dix-huit heures, et personne ne prévient les habitants des douars.'])
    await speaker.perform({ action: 'contribute', kind: 'problem', text });
  await speaker.perform({ action: 'floor.ask' });
  const made = await context(projector);
  const [name, value] = staff.cookie.split(';')[0].split('=');
  await made.addCookies([{ name, value, url: server.url }]);
  const screen = await page(made);
  await screen.goto(`${server.url}/screen/${workshop.id}`);
  await screen.waitForSelector('main li >> nth=2');
  check((await screen.locator('footer .speaking').count()) === 0, 'somebody is said to speak');
  await staff.perform({ action: 'floor.give', participant: speaker.id });
  await screen.locator('footer .speaking', { hasText: 'سعاد' }).waitFor();
  const sides = await screen.locator('main li').evaluateAll((cards) =>
    cards.map((card) => {
      const range = document.createRange();
      range.selectNodeContents(card.querySelector('p'));
      const [words, around] = [range.getClientRects()[0], card.getBoundingClientRect()];
      return words.left - around.left < around.right - words.right ? 'left' : 'right';
    }),
  );
  check(sides.join() === 'left,left,right', `cards stand ${sides}`);
  await staff.perform({ action: 'projector.show', view: 'floor' });
  await screen.waitForSelector('.chosen.floor');
  check((await screen.locator('footer .speaking').count()) === 0, 'it is said twice');
  staff.leave();
  speaker.leave();
});

await journey('the facilitator puts one table’s work on the projector, and nothing that the room may not read', async () => {
  const workshop = boards.pop();
  const staff = await Seat.staff(server, workshop);
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const tables = [];
  for (const title of ['مجموعة النقل', 'مجموعة الماء']) tables.push(await staff.perform({ action: 'table.add', title }));
  const people = [];
  for (const table of tables) {
    const one = await Seat.participant(server, workshop);
    await one.perform({ action: 'table.sit', table });
    people.push(one);
  }
  const [here, there] = people;
  const hand = (who, text, result) =>
    who.perform({ action: 'contribute', kind: 'solution', text, ...(result ? { result } : {}) });
  await hand(here, 'حافلة مدرسية لكل دوار', 'يصل كل تلميذ في وقته');
  const hidden = await hand(here, 'عبارة تُحجب');
  await hand(there, 'بئر لكل حي');
  const console_ = await facilitate(workshop, boardStaff[0]);
  await panel(console_, 'الشاشة').click();
  await console_.locator('#panel button', { hasText: 'مجموعة النقل' }).click();
  const screen = await page(await context(projector));
  await screen.context().addCookies(await console_.context().cookies());
  await screen.goto(`${server.url}/screen/${workshop.id}`);
  const work = screen.locator('.chosen.table');
  await work.locator('h2', { hasText: 'مجموعة النقل' }).waitFor();
  await work.locator('li', { hasText: 'حافلة مدرسية' }).locator('.expected', { hasText: 'يصل كل تلميذ' }).waitFor();
  await work.locator('li', { hasText: 'عبارة تُحجب' }).waitFor();
  check(!(await work.textContent()).includes('بئر لكل حي'), 'another table’s work is shown');
  await staff.perform({ action: 'moderate', contribution: hidden, hidden: true, ground: 'disrespect' });
  await screen.waitForFunction(() => !document.body.innerText.includes('عبارة تُحجب'));
  await fair(screen, 'the work of one table');
  await staff.perform({
    action: 'agenda.set',
    agenda: [{ phase: 'solutions', silent: true }],
  });
  await hand(here, 'مكتوب في صمت');
  await hand(here, 'مكتوب بعده');
  check(!(await screen.content()).includes('مكتوب في صمت'), 'what was written silently is on the projector');
  await staff.perform({ action: 'reveal' });
  await work.locator('li', { hasText: 'مكتوب في صمت' }).waitFor();
  for (const seat of [staff, ...people]) seat.leave();
});

await journey('a table that was removed and a floor that was given by mistake are taken back', async () => {
  const workshop = boards.pop();
  const staff = await Seat.staff(server, workshop);
  await staff.perform({ action: 'phase.enter', phase: 'plenary' });
  const table = await staff.perform({ action: 'table.add', title: 'مجموعة الباب' });
  const speaker = await Seat.participant(server, workshop, { display_name: 'سعاد' });
  await speaker.perform({ action: 'table.sit', table });
  await speaker.perform({ action: 'floor.ask' });
  const console_ = await facilitate(workshop, boardStaff[0]);
  await panel(console_, 'مجموعات').click();
  const card = console_.locator('#panel ul.tables li', { hasText: 'مجموعة الباب' });
  await card.locator('.danger').click();
  await console_.locator('dialog[open] .primary').click();
  await card.waitFor({ state: 'detached' });
  await console_.locator('#panel .done button').click();
  await card.filter({ hasText: /1|شخص/ }).waitFor();
  await panel(console_, 'الكلمة').click();
  await console_.locator('#panel ol button').click();
  await console_.locator('#panel .speaking', { hasText: 'سعاد' }).waitFor();
  await console_.locator('#panel .done button').click();
  await console_.locator('#panel ol li', { hasText: 'سعاد' }).waitFor();
  check((await console_.locator('#panel .speaking').count()) === 0, 'somebody still speaks');
  [staff, speaker].forEach((seat) => seat.leave());
});

await journey('a phase has its own rules: where only who speaks for a table hands in, the others are told so', async () => {
  const workshop = boards.pop();
  const console_ = await facilitate(workshop, boardStaff[0]);
  await panel(console_, 'البرنامج').click();
  const phase = console_.locator('#panel form > ol > li').nth(3);
  await phase.locator('summary').click();
  await phase.locator('details input[type=checkbox]').first().check();
  await phase.locator('details select').nth(1).selectOption('before');
  await fair(console_, 'the rules of a phase');
  await console_.locator('#panel form button[type=submit]').click();
  await console_.waitForFunction(() => /\S/.test(document.querySelector('#panel form p[role=status]')?.textContent ?? ''));
  const seat = await Seat.staff(server, workshop);
  const one = await joinRoom(await context(phone), workshop);
  await seat.perform({ action: 'phase.enter', phase: 'solutions' });
  await one.locator('.pause', { hasText: 'مقرّر' }).waitFor();
  await seat.perform({ action: 'agenda.set', agenda: [{ phase: 'solutions', moderation: 'before', anonymous: true }] });
  await one.locator('#sees', { hasText: 'لا يظهر أي اسم' }).waitFor();
  await one.locator('#sees', { hasText: 'فريق التيسير' }).waitFor();
  seat.leave();
});
