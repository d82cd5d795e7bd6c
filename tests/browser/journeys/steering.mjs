// What a facilitator does with a workshop, and what the room and the projector see of it.
import { boardStaff, Seat } from '../room.mjs';
import { boards, check, context, enter, facilitate, joinRoom, journey, page, phone, projector, server, workshops, write } from '../setting.mjs';

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
  await next.click(); // once it has settled
  await reached(console_, 1);
  const { x, y, width, height } = await next.boundingBox();
  await console_.mouse.click(x + width / 2, y + height / 2);
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
  await console_.waitForSelector('.dot.live', { timeout: 25_000 });
  await caughtUp(console_, seat, 'بعد العودة');
  check((await present(console_)) === 2, 'an old press threw the room back');
  check((await console_.locator('section:has(#timer-title) .time').count()) === 0, 'an old press started the timer');
  seat.leave();
});
