// The overview of parallel workshops, and the preview of the room.
import { execFileSync } from 'node:child_process';
import { warsha } from '../../support/server.mjs';
import { emptyConsultation, Seat } from '../room.mjs';
import { cardOf, watchAll } from '../overview.mjs';
import { check, enter, facilitate, fair, journey, phone, server, workshops } from '../setting.mjs';

await journey('an organiser watches all workshops: who asks for help comes first, and one click opens it', async () => {
  const [, , workshop] = workshops;
  const staff = await Seat.staff(server, workshop, 'facilitator@example.org');
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const organiser = await watchAll();
  check((await organiser.locator('article').count()) === workshops.length, 'a workshop is missing');
  const one = await Seat.participant(server, workshop);
  await one.perform({ action: 'contribute', kind: 'problem', text: 'لا تظهر كلماتها هنا' });
  const card = cardOf(organiser, workshop);
  await card.locator('.problem b:not(:text-is("0"))').waitFor();
  await organiser.mouse.move(1, 1);
  const table = await staff.perform({ action: 'table.add', title: 'مجموعة المدخل' });
  await staff.perform({ action: 'table.status', table, status: 'help' });
  const first = organiser.locator('article').first();
  await first.locator('.urgent', { hasText: 'مجموعة المدخل' }).waitFor();
  check((await first.getAttribute('aria-labelledby')) === `title-${workshop.id}`, 'help does not come first');
  await organiser.waitForFunction(() =>
    [...document.querySelectorAll('[role=status]')].some((one) => one.textContent.includes('مجموعة تطلب المساعدة')),
  );
  check(!(await organiser.content()).includes('لا تظهر كلماتها هنا'), 'somebody’s words are on the overview');
  await fair(organiser, 'overview');
  await organiser.locator('.views button').nth(1).click();
  await fair(organiser, 'calm list');
  await organiser.context().setOffline(true);
  await organiser.waitForSelector('.banner');
  await fair(organiser, 'overview without network');
  await organiser.context().setOffline(false);
  await organiser.waitForSelector('.banner', { state: 'detached' });
  await card.locator('h2 a').focus();
  await organiser.keyboard.press('Enter');
  await organiser.waitForSelector('.dot.live');
  check(organiser.url().endsWith(workshop.id), `it opened ${organiser.url()}`);
  await organiser.goBack();
  await organiser.waitForSelector('article');
  await staff.perform({ action: 'table.remove', table });
  [staff, one].forEach((seat) => seat.leave());
});

await journey('a message from the overview is seen by a facilitator who works elsewhere, and says where it arrived', async () => {
  const [workshop] = workshops;
  const console_ = await facilitate(workshop);
  await console_.locator('nav button[aria-controls=panel]').nth(2).click();
  const organiser = await watchAll({ ...phone });
  await cardOf(organiser, workshop).locator('dd').nth(2).filter({ hasText: '1' }).waitFor();
  await organiser.locator('.tools > .primary').click();
  await organiser.locator('dialog[open] button[type=submit]').click();
  await organiser.waitForSelector('#message-empty');
  await organiser.fill('#message-text', 'نجتمع كلنا في القاعة بعد عشر دقائق');
  await fair(organiser, 'message');
  await organiser.keyboard.press('Tab');
  await organiser.keyboard.press('Enter');
  await organiser.locator('dialog li.good').nth(workshops.length - 1).waitFor();
  await fair(organiser, 'message that arrived');
  check((await organiser.locator('dialog li', { hasText: 'وظهرت لميسّر متصل' }).count()) >= 1, 'nobody was there');
  const notice = console_.locator('.notice', { hasText: 'نجتمع كلنا في القاعة' });
  await notice.waitFor();
  await fair(console_, 'notice');
  await notice.locator('.button').nth(1).click();
  await console_.locator('#panel li', { hasText: 'نجتمع كلنا في القاعة' }).waitFor();
  await notice.waitFor({ state: 'detached' });
  await console_.reload();
  await console_.waitForSelector('.dot.live');
  check((await console_.locator('.notice').count()) === 0, 'what was read is news again');
  await console_.locator('nav button[aria-controls=panel]').last().click();
  await console_.locator('#panel li', { hasText: 'نجتمع كلنا في القاعة' }).waitFor();
});

await journey('a facilitator sees what participants see, in their language, and nothing is sent from there', async () => {
  const [workshop] = workshops;
  const console_ = await facilitate(workshop);
  await enter(console_, 'problems');
  await console_.locator('.links button[aria-pressed]').click();
  const room = console_.frameLocator('iframe[src*="preview="]');
  await room.locator('[role=note]').waitFor();
  check(await room.locator('#text').isDisabled(), 'one can write in the preview');
  check(await room.locator('#panel-write button[type=submit]').isDisabled(), 'one can send from the preview');
  const one = await Seat.participant(server, workshop);
  const id = await one.perform({ action: 'contribute', kind: 'problem', text: 'تُرى في المعاينة ثم تُحجب' });
  await room.locator('#tab-board').click();
  await room.getByText('تُرى في المعاينة ثم تُحجب').waitFor();
  await fair(console_, 'preview');
  const staff = await Seat.staff(server, workshop, 'facilitator@example.org');
  await staff.perform({ action: 'moderate', contribution: id, hidden: true, reason: 'سبب' });
  await room.getByText('تُرى في المعاينة ثم تُحجب').waitFor({ state: 'detached' });
  await console_.locator('dialog button[lang=fr]').click();
  await room.locator('#tab-board', { hasText: 'Tableau' }).waitFor();
  check((await console_.getAttribute('html', 'lang')) === 'ar', 'the console changed its language');
  await console_.keyboard.press('Escape');
  await console_.waitForSelector('iframe[src*="preview="]', { state: 'detached' });
  check(
    await console_.evaluate(() => document.activeElement?.matches('.links button[aria-pressed]')),
    'the focus did not come back',
  );
  await console_.setViewportSize(phone.viewport);
  await console_.locator('.links button[aria-pressed]').click();
  await console_.waitForSelector('dialog:modal iframe');
  await fair(console_, 'preview on a phone');
  [staff, one].forEach((seat) => seat.leave());
});

await journey('a message that is under way is not written a second time, and one that nobody has is there again', async () => {
  const organiser = await watchAll({ ...phone });
  let answers = false;
  await organiser.routeWebSocket(/\/live\//, (socket) => void (answers && socket.connectToServer()));
  await organiser.locator('.tools > .primary').click();
  const words = 'ننتقل إلى المرحلة الموالية';
  await organiser.fill('#message-text', words);
  await organiser.locator('dialog[open] button[type=submit]').click();
  await organiser.keyboard.press('Escape');
  await organiser.locator('.tools > .primary').click();
  check((await organiser.locator('#message-text').count()) === 0, 'the words that are being sent can be sent again');
  await organiser.locator('dialog li.failed').nth(workshops.length - 1).waitFor({ timeout: 30_000 });
  await organiser.keyboard.press('Escape');
  await organiser.locator('.tools > .primary').click();
  check((await organiser.inputValue('#message-text')) === words, 'words that nobody has are gone');
  answers = true;
  await organiser.locator('dialog[open] button[type=submit]').click();
  await organiser.locator('dialog li.good').nth(workshops.length - 1).waitFor();
  await organiser.keyboard.press('Escape');
  await organiser.locator('.tools > .primary').click();
  check((await organiser.inputValue('#message-text')) === '', 'the words that were sent can be sent again');
});

await journey('an organiser prepares all workshops that have not begun, and sees before what will change', async () => {
  const title = 'ورشات تُهيأ معا';
  const [begun, ...others] = emptyConsultation(server, title, 3);
  execFileSync(
    warsha,
    ['admin', 'account', 'grant', '--all', '--email', 'organiser@example.org', '--role', 'organiser'].concat([
      ...['--database', server.database],
    ]),
  );
  const staff = await Seat.staff(server, begun, 'organiser@example.org');
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const organiser = await watchAll({ ...phone }, title);
  await organiser.locator('.tools > .button:not(.primary)').click();
  const dialog = organiser.locator('dialog[open]');
  await dialog.locator('select').selectOption('quiet');
  await dialog.locator('li.left', { hasText: 'بدأت' }).waitFor();
  check((await dialog.locator('li', { hasText: 'يتغير البرنامج' }).count()) === others.length, 'not what will change');
  check((await dialog.locator('del').count()) === 0, 'it would take what was written');
  await dialog.locator('input[type=checkbox]').uncheck();
  await dialog.locator('del').first().waitFor();
  await dialog.locator('input[type=checkbox]').check();
  await dialog.locator('input[value=before]').check();
  await fair(organiser, 'preparing all workshops');
  await dialog.locator('.primary').click();
  await dialog.locator('li.good').nth(others.length - 1).waitFor();
  const [one] = others;
  const seat = await Seat.staff(server, one, 'organiser@example.org');
  const { settings, agenda } = await seat.board();
  check(settings.moderation === 'before' && settings.anonymous, 'the rules were not applied');
  check(agenda.some(({ phase, silent }) => phase === 'problems' && silent), 'the agenda was not applied');
  check((await staff.board()).settings.moderation === 'after', 'a workshop that had begun was changed');
  [staff, seat].forEach((each) => each.leave());
});
