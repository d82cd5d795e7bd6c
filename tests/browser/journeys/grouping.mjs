// Grouping on the board of the console: mouse, keyboard, finger, several hands, suggestions.
import { password } from '../../support/server.mjs';
import { boardStaff, fill, Seat } from '../room.mjs';
import { boards, check, context, enter, facilitate, fair, joinRoom, journey, page, phone, projector, server } from '../setting.mjs';

/** A console before the board of a room that was filled without a browser. */
async function grouping(options) {
  const workshop = boards.pop();
  const room = await fill(server, workshop, options);
  const console_ = await facilitate(workshop, boardStaff[0]);
  await enter(console_, 'grouping');
  await console_.waitForSelector(`[data-card="${room.cards.at(-1)}"]`);
  // As they are on the board: several people wrote at once.
  const shown = await console_.evaluate(() => [...document.querySelectorAll('[data-card]')].map((one) => one.dataset.card));
  room.cards.sort((a, b) => shown.indexOf(a) - shown.indexOf(b));
  const card = (n) => console_.locator(`[data-card="${room.cards[n]}"]`);
  const theme = (n) => console_.locator(`[data-drop="${room.themes[n]}"]`);
  const leave = () => [room.staff, ...room.seats].forEach((seat) => seat.leave());
  await console_.evaluate(() => document.querySelector('.area').scrollIntoView({ block: 'end' }));
  return { ...room, workshop, console_, card, theme, leave };
}

/** Until a card is in a theme, or with null in none. */
const placed = ({ console_, cards, themes }, n, theme) =>
  console_.waitForFunction(
    ([card, target]) =>
      document.querySelector(`[data-card="${card}"]`)?.closest('[data-drop]').dataset.drop === target,
    [cards[n], theme === null ? '' : themes[theme]],
  );

/** Until so many cards are selected. */
const selected = (console_, count) =>
  console_.waitForFunction((wanted) => document.querySelectorAll('.card.selected').length === wanted, count);

await journey('cards are grouped by mouse: dragged, selected along, framed, undone as one step', async () => {
  const room = await grouping({ people: 5, cards: 12, themes: 2 });
  const { console_, card, theme } = room;
  await card(0).locator('.face').hover();
  await console_.mouse.down();
  const over = await theme(1).boundingBox();
  await console_.mouse.move(over.x + over.width / 2, over.y + 80, { steps: 8 });
  await console_.waitForSelector('.ghost:not([hidden])');
  await console_.mouse.up();
  await placed(room, 0, 1);
  check(!(await console_.locator('.ghost').isVisible()), 'the ghost of the card stayed');
  check((await console_.locator('.bar').count()) === 0, 'the click after a drag selected something');

  await card(2).locator('.face').click();
  await card(4).locator('.face').click({ modifiers: ['Shift'] });
  await card(6).locator('.face').click({ modifiers: ['Control'] });
  await selected(console_, 4);
  await fair(console_, 'selected cards');
  await card(3).locator('.face').hover();
  await console_.mouse.down();
  await console_.mouse.move(over.x + over.width / 2, over.y + 80, { steps: 8 });
  await console_.waitForSelector('.ghost:not([hidden])');
  await console_.mouse.up();
  for (const n of [2, 3, 4, 6]) await placed(room, n, 1);
  await console_.locator('.undo').click();
  for (const n of [2, 3, 4, 6]) await placed(room, n, null);
  await placed(room, 0, 1);

  const first = await card(1).boundingBox();
  const last = await card(3).boundingBox();
  await console_.mouse.move(first.x - 6, first.y + 4);
  await console_.mouse.down();
  await console_.mouse.move(last.x + 20, last.y + 4, { steps: 8 });
  await console_.waitForSelector('.frame:not([hidden])');
  await console_.mouse.up();
  await selected(console_, 3);
  await console_.keyboard.press('Escape');
  await selected(console_, 0);
  room.leave();
});

await journey('cards are grouped by keyboard alone, and a theme is made from a selection', async () => {
  const room = await grouping({ people: 5, cards: 10, themes: 2 });
  const { console_, card } = room;
  const focused = () => console_.evaluate(() => document.activeElement.closest('[data-card]')?.dataset.card);
  const at = (id) => console_.waitForFunction((card) => document.activeElement.closest('[data-card]')?.dataset.card === card, id);
  const n = (id) => room.cards.indexOf(id);
  await console_.locator('.loose [data-card] .face').first().focus();
  const start = await focused();
  await console_.keyboard.press('ArrowDown');
  const second = await focused();
  check(second !== start, 'the arrow led nowhere');
  await console_.keyboard.press('?');
  await fair(console_, 'the keys');
  await console_.keyboard.press('Escape');
  await console_.keyboard.press('m');
  await fair(console_, 'moving');
  await console_.keyboard.press('ArrowDown');
  await console_.keyboard.press('Enter');
  await placed(room, n(second), 1);
  await console_.waitForFunction((gone) => {
    const now = document.activeElement.closest('.loose [data-card]')?.dataset.card;
    return now !== undefined && now !== gone;
  }, second);
  const third = await focused();
  await console_.keyboard.press('Space');
  await console_.keyboard.press('Shift+ArrowDown');
  await selected(console_, 2);
  await console_.keyboard.press('n');
  await fair(console_, 'a new theme');
  await console_.keyboard.type('من المختار');
  await console_.keyboard.press('Enter');
  const made = console_.locator('section[aria-label="من المختار"]');
  await made.locator('[data-card]').nth(1).waitFor();
  check((await made.locator('[data-card]').count()) === 2, 'the theme has not the two cards');
  await console_.keyboard.press('z');
  await made.waitFor({ state: 'detached' });
  await placed(room, n(third), null);
  // Left and right are those of the screen, in Arabic too: the themes are at the left.
  await console_.locator('.loose [data-card] .face').first().focus();
  await console_.keyboard.press('ArrowLeft');
  await at(second);
  await console_.keyboard.press('ArrowRight');
  check(await console_.evaluate(() => document.activeElement.closest('.loose') !== null), 'the right arrow did not lead back');
  room.leave();
});

await journey('a finger drags a card after a long press, and scrolls before', async () => {
  const workshop = boards.pop();
  const room = await fill(server, workshop, { people: 5, cards: 10, themes: 2 });
  const tablet = await context({ viewport: { width: 1024, height: 768 }, hasTouch: true, locale: 'ar-MA' });
  const opened = await page(tablet);
  await opened.goto(`${server.url}/console/${workshop.id}`);
  await opened.fill('#email', boardStaff[0]);
  await opened.fill('#password', password);
  await opened.tap('button[type=submit]');
  await opened.waitForSelector(`[data-card="${room.cards[9]}"]`);
  await opened.evaluate(() => document.querySelector('.area').scrollIntoView({ block: 'end' }));
  await opened.waitForTimeout(300);
  const devtools = await tablet.newCDPSession(opened);
  const touch = (type, ...points) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  const middle = async (locator) => {
    const box = await locator.boundingBox();
    return [box.x + box.width / 2, box.y + 30];
  };
  const first = opened.locator('.loose [data-card]').first();
  const id = await first.getAttribute('data-card');
  const from = await middle(first);
  const to = await middle(opened.locator(`[data-drop="${room.themes[0]}"] .list`));
  await touch('touchStart', from);
  await opened.waitForSelector('.ghost:not([hidden])');
  for (let step = 1; step <= 10; step++)
    await touch('touchMove', [from[0] + ((to[0] - from[0]) * step) / 10, from[1] + ((to[1] - from[1]) * step) / 10]);
  await touch('touchEnd');
  await opened.waitForFunction(
    ([card, theme]) => document.querySelector(`[data-card="${card}"]`)?.closest('[data-drop]').dataset.drop === theme,
    [id, room.themes[0]],
  );
  await opened.locator('.loose .face').nth(1).tap();
  await selected(opened, 1);
  await opened.locator('.loose .face').nth(3).tap();
  await selected(opened, 2); // a tap becomes a click a moment after it
  [room.staff, ...room.seats].forEach((seat) => seat.leave());
});

await journey('a card in another hand is not picked up, but can be taken over', async () => {
  const room = await grouping({ people: 3, cards: 6, themes: 1 });
  const { console_, card, staff, cards } = room;
  // Again and again, as a page does: a hand that says nothing for a while has let go.
  const hold = () => staff.signal({ type: 'signal', kind: 'hold', target: cards[1] });
  hold();
  const holding = setInterval(hold, 3_000);
  await card(1).locator('.hand').waitFor();
  await card(1).locator('.face').focus();
  await console_.keyboard.press('m');
  await console_.waitForSelector('.bar.warn');
  check((await console_.locator('dialog[open]').count()) === 0, 'the dialog opened all the same');
  await console_.waitForFunction(() => document.activeElement.classList.contains('leave'));
  await fair(console_, 'a card in another hand');
  await console_.keyboard.press('Enter'); // who is quick leaves it
  await console_.waitForSelector('.bar.warn', { state: 'detached' });
  await console_.keyboard.press('m');
  await console_.waitForSelector('.bar.warn');
  clearInterval(holding);
  await console_.locator('.bar.warn button').last().click();
  await console_.waitForSelector('dialog[open] .acts');
  await fair(console_, 'an opened card');
  check((await card(1).locator('.hand').count()) === 0, 'it still seems to be in the other hand');
  room.leave();
});

await journey('cards are merged under chosen words, the stack opens, and all of it is undone', async () => {
  const room = await grouping({ people: 6, cards: 6, themes: 1 });
  const { console_, card, cards } = room;
  const [one, other] = [await Seat.participant(server, room.workshop), await Seat.participant(server, room.workshop)];
  await one.perform({ action: 'support', contribution: cards[1], on: true });
  await one.perform({ action: 'support', contribution: cards[2], on: true });
  await other.perform({ action: 'support', contribution: cards[2], on: true });
  await card(2).getByText('♥ 2').first().waitFor();
  for (const n of [0, 1, 2]) await card(n).locator('.face').click({ modifiers: ['Control'] });
  await console_.keyboard.press('g');
  await fair(console_, 'merging');
  const best = console_.locator('dialog[open] input:checked');
  check((await best.getAttribute('value')) === cards[2], 'the most supported is not proposed');
  await console_.locator('dialog[open] button[type=submit]').click();
  await card(2).locator('.stack').click();
  check((await card(2).locator('.members li').count()) === 2, 'the stack has not two members');
  await fair(console_, 'an opened stack');
  await card(2).locator('.figure').waitFor();
  check((await card(2).locator('.figure').innerText()).includes('2'), 'one person was counted twice');
  await card(2).locator('.members .apart').first().click();
  await card(0).or(card(1)).first().waitFor();
  await console_.locator('.undo').click();
  await console_.waitForFunction((head) => document.querySelectorAll(`[data-card="${head}"] .members li`).length === 2, cards[2]);
  await console_.locator('.undo').click();
  await card(0).waitFor();
  await card(1).waitFor();
  for (const seat of [one, other]) seat.leave();
  room.leave();
});

await journey('one key hides with the ground of last time; what waits is approved or hidden from the queue', async () => {
  const room = await grouping({ people: 4, cards: 8, themes: 1 });
  const { console_, card, staff, seats } = room;
  await card(0).locator('.face').focus();
  await console_.keyboard.press('h');
  await console_.locator('dialog[open] button[type=submit]').click();
  await console_.waitForSelector('dialog[open] .error-text');
  await fair(console_, 'hiding');
  await console_.locator('dialog[open] input[value=other]').check();
  await console_.locator('dialog[open] button[type=submit]').click();
  await console_.waitForSelector('dialog[open] input[aria-invalid=true]');
  await console_.locator('dialog[open] input[value=advertising]').check();
  await console_.locator('dialog[open] button[type=submit]').click();
  await console_.waitForSelector('.card.hidden');
  await card(1).locator('.face').focus();
  await console_.keyboard.press('h');
  await console_.keyboard.press('Enter');
  await card(1).locator('.chip.hide', { hasText: 'إشهار' }).waitFor();
  await console_.keyboard.press('z');
  await console_.waitForFunction((id) => !document.querySelector(`[data-card="${id}"]`).matches('.hidden'), room.cards[1]);

  const settings = { moderation: 'before', anonymous: false, results_required: false, paused: false, slow_seconds: 0, quorum: 0 };
  await staff.perform({ action: 'settings.set', settings });
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const waits = [];
  for (const n of [0, 1, 2]) waits.push(await seats[n].perform({ action: 'contribute', kind: 'problem', text: `تنتظر ${n}` }));
  await console_.waitForFunction(() => document.querySelectorAll('[data-waiting]').length === 3);
  await fair(console_, 'what waits');
  await card(3).locator('.face').focus();
  await console_.keyboard.press('a');
  await console_.keyboard.press('a');
  await console_.waitForSelector(`[data-card="${waits[0]}"]`);
  await console_.waitForFunction((id) => document.activeElement.closest('[data-waiting]')?.dataset.waiting === id, waits[1]);
  await console_.keyboard.press('h');
  await console_.keyboard.press('Enter');
  await console_.waitForSelector(`[data-card="${waits[1]}"].hidden`);
  await staff.perform({ action: 'settings.set', settings: { ...settings, moderation: 'after' } });
  room.leave();
});

await journey('a suggestion is taken as one step, and a refusal is remembered', async () => {
  const room = await grouping({ people: 6, cards: 40, themes: 0 });
  const { console_ } = room;
  await console_.locator('nav button', { hasText: 'اقتراحات' }).click();
  const headings = console_.locator('.groups > li:has(.choose)');
  await headings.first().waitFor();
  const before = await console_.locator('.themes section').count();
  const refused = await headings.nth(1).locator('h4').innerText();
  await headings.nth(1).locator('button').last().click();
  const title = (await headings.first().locator('h4').innerText()).replace(/\s*\d+$/, '');
  await headings.first().locator('button').first().click();
  const made = console_.locator(`section[aria-label="${title}"]`);
  await made.locator('[data-card]').nth(1).waitFor();
  await console_.locator('.undo').click();
  await made.waitFor({ state: 'detached' });
  check((await console_.locator('.themes section').count()) === before, 'undoing left a theme');
  await console_.reload();
  await console_.waitForSelector('[data-card]');
  await console_.locator('nav button', { hasText: 'اقتراحات' }).click();
  await headings.first().waitFor();
  check(!(await headings.allInnerTexts()).some((text) => text.startsWith(refused)), 'what was refused is there again');
  room.leave();
});

await journey('two themes of the same title stand beside each other for the room and on the projector', async () => {
  const room = await grouping({ people: 2, cards: 4, themes: 2 });
  const { console_, staff, cards, themes, workshop } = room;
  const reader = await joinRoom(await context(phone), workshop);
  await reader.click('#tab-board');
  const screen = await page(console_.context());
  await screen.setViewportSize(projector.viewport);
  await screen.goto(`${server.url}/screen/${workshop.id}`);
  await staff.perform({ action: 'theme.rename', theme: themes[0], title: 'النقل' });
  await staff.perform({ action: 'theme.rename', theme: themes[1], title: 'دون عنوان' });
  await staff.perform({ action: 'place', contribution: cards[0], theme: themes[0] });
  await staff.perform({ action: 'place', contribution: cards[1], theme: themes[1] });
  // As the cards of no theme, then as each other.
  const twice = (opened, title) =>
    opened.waitForFunction(
      (wanted) => [...document.querySelectorAll('section h2')].filter((one) => one.textContent === wanted).length === 2,
      title,
    );
  for (const opened of [reader, screen]) await twice(opened, 'دون عنوان');
  await staff.perform({ action: 'theme.rename', theme: themes[1], title: 'النقل' });
  for (const opened of [reader, screen]) await twice(opened, 'النقل');
  await staff.perform({ action: 'theme.rename', theme: themes[0], title: 'الماء' });
  for (const opened of [reader, screen]) await opened.waitForSelector('section h2:has-text("الماء")');
  room.leave();
});

await journey('a note that was being typed is there again after somebody took over its card', async () => {
  const room = await grouping({ people: 2, cards: 3, themes: 0 });
  const { console_, card, staff, cards } = room;
  const note = 'أي حافلة، وفي أي ساعة؟';
  await card(0).locator('.face').focus();
  await console_.keyboard.press('r');
  await console_.locator('dialog[open] textarea').fill(note);
  // Again and again, until who held it longer lets go of it.
  let taken = false;
  const takingOver = setInterval(() => {
    staff.signal({ type: 'signal', kind: 'hold', target: (taken = !taken) ? cards[0] : null });
  }, 500);
  await console_.locator('dialog[open]').waitFor({ state: 'detached' });
  clearInterval(takingOver);
  staff.signal({ type: 'signal', kind: 'hold', target: null });
  await card(0).locator('.hand').waitFor({ state: 'detached' });
  await card(0).locator('.face').focus();
  await console_.keyboard.press('r');
  check((await console_.locator('dialog[open] textarea').inputValue()) === note, 'the note is gone');
  await console_.locator('dialog[open] button[type=submit]').click();
  await card(1).locator('.face').focus();
  await console_.keyboard.press('r');
  check((await console_.locator('dialog[open] textarea').inputValue()) === '', 'the note of another card is there');
  room.leave();
});

await journey('what is done with cards without a connection is said to wait, stays to be seen, and is done when it returns', async () => {
  const room = await grouping({ people: 5, cards: 6, themes: 2 });
  const { console_, card, theme } = room;
  await server.end();
  try {
    await console_.waitForSelector('.dot:not(.live)');
    await card(0).locator('.face').hover();
    await console_.mouse.down();
    const over = await theme(1).boundingBox();
    await console_.mouse.move(over.x + over.width / 2, over.y + 80, { steps: 8 });
    await console_.waitForSelector('.ghost:not([hidden])');
    await console_.mouse.up();
    await card(1).locator('.face').focus();
    await console_.keyboard.press('f');
    await console_.locator('[data-board] [role=status] b', { hasText: 'تغييران' }).waitFor();
    await console_.waitForTimeout(7_000); // longer than the server is waited for when it has answered
    await placed(room, 0, 1);
    for (const n of [0, 1]) check((await card(n).locator('.chip.veil').count()) === 1, `card ${n} is not said to wait`);
    check((await card(2).locator('.chip').count()) === 0, 'a card is said to wait of which nothing does');
    await fair(console_, 'cards that wait');
  } finally {
    await server.start();
  }
  await console_.evaluate(() => dispatchEvent(new Event('online')));
  await console_.waitForSelector('.dot.live');
  await console_.waitForFunction(() => document.querySelectorAll('[data-card] .chip').length === 1); // frozen
  await placed(room, 0, 1);
  const again = await facilitate(room.workshop, boardStaff[1]);
  await again.waitForSelector(`[data-drop="${room.themes[1]}"] [data-card="${room.cards[0]}"]`);
  room.leave();
});
