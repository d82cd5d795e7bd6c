#!/usr/bin/env node
// How people read and write who need it otherwise: large letters, strong contrast, no motion, zoom, dictation, and what
// the room's rules are before one breaks them. `reading.mjs [WORDS] [--pictures DIR]`.
import { request } from '../trials/http.mjs';
import { check, laptop, phone, projector } from './looking.mjs';
import { fill, Seat } from './room.mjs';
import { begin, openConsole, openRoom, until } from './walk.mjs';

const { server, where, facilitator, organiser, journey, end } = await begin({ boards: 6, organiser: true });

/** The button to the next phase takes no press while its phase has just begun. */
const settled = (opened) => opened.waitForFunction(() => !document.querySelector('.steer [aria-disabled]'));

const opening = (looking) => ({
  room: async (seat, given = {}) => {
    const opened = await openRoom(looking, seat, { ...phone, ...given });
    await opened.waitForSelector('header summary');
    return opened;
  },
  desk: async (workshop, given = {}) => {
    const opened = await openConsole(looking, workshop, { cookie: facilitator, ...given });
    await settled(opened);
    return opened;
  },
});

const readingOf = (opened) =>
  opened.evaluate(() => {
    const { dataset } = document.documentElement;
    return [dataset.textSize, dataset.contrast, dataset.motion, getComputedStyle(document.documentElement).fontSize].join(' ');
  });

await journey('one choice of how to read, made by keyboard, holds on every page of the device', async (looking, workshop) => {
  const join = await looking.open(`/j/${workshop.join_code}`, phone);
  const receipt = await join.context().newPage();
  await receipt.goto(`${server.url}/receipt`);
  await receipt.waitForSelector('header summary');
  await join.waitForSelector('#accept');
  await join.locator('header summary').focus();
  await join.keyboard.press('Enter');
  await join.keyboard.press('Tab');
  await join.keyboard.press('ArrowDown');
  await join.keyboard.press('ArrowDown');
  await join.keyboard.press('Tab');
  await join.keyboard.press('Space');
  await join.keyboard.press('Tab');
  await join.keyboard.press('Space');
  const chosen = 'huge high reduced 23px';
  check((await readingOf(join)) === chosen, `the join page reads ${await readingOf(join)}`);
  await looking.look(join, 'menu', { whole: false, strong: true });
  await join.keyboard.press('Escape');
  check(await join.evaluate(() => document.activeElement.matches('header summary')), 'the focus does not come back to its button');
  check((await join.locator('header details[open]').count()) === 0, 'the menu does not close');
  await receipt.waitForFunction(() => document.documentElement.dataset.contrast === 'high'); // open beside it
  check((await readingOf(receipt)) === chosen, 'a page that is open beside it does not follow');
  const [name, value] = organiser.split(';')[0].split('=');
  await join.context().addCookies([{ name, value, url: server.url }]);
  for (const path of ['/', '/receipt', '/console', `/console/${workshop.id}`, '/review']) {
    // Before any part of the page that is loaded later.
    await join.goto(`${server.url}${path}`, { waitUntil: 'domcontentloaded' });
    check((await readingOf(join)) === chosen, `${path} reads ${await readingOf(join)}`);
    await join.waitForSelector('header summary');
  }
  await join.locator('header summary').focus();
  await join.keyboard.press('Enter');
  await join.locator('header details input').first().check();
  check((await readingOf(join)) === 'normal high reduced 16px', 'it cannot be taken back');
});

await journey('the largest letters and the strongest contrast fit every page, on a phone and at 200 %', async (looking, workshop, sit) => {
  const { staff, seats } = await fill(server, workshop, { people: 4, cards: 12, themes: 2 });
  seats.forEach((seat) => void sit(seat));
  const table = await staff.perform({ action: 'table.add', title: 'المجموعة 1' });
  await staff.perform({ action: 'table.seat', table, participants: [seats[0].id, seats[1].id] });
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  await sit(staff);
  const reading = { size: 'huge', contrast: true };
  const half = { viewport: { width: laptop.viewport.width / 2, height: laptop.viewport.height / 2 }, deviceScaleFactor: 2 };
  const { room, desk } = opening(looking);
  for (const [given, name] of [
    [{ ...phone, reading, language: 'ar' }, '360'],
    [{ ...half, reading: { ...reading, size: 'large' }, language: 'fr', colorScheme: 'dark' }, 'zoomed'],
  ]) {
    const see = (opened, what) => looking.look(opened, `${what}-${name}`, { strong: true });
    const visitor = await looking.open(`/j/${workshop.join_code}`, given);
    await visitor.waitForSelector('#accept');
    await visitor.locator('.rules summary').click();
    await see(visitor, 'join');
    await visitor.goto(`${server.url}/receipt`);
    await visitor.waitForSelector('#receipt');
    await see(visitor, 'receipt');
    const person = await room(seats[0], given);
    await person.waitForSelector('#text');
    for (const tab of ['write', 'mine', 'board', 'table']) {
      await person.click(`#tab-${tab}`);
      await person.waitForSelector(`#panel-${tab} :is(textarea, .button, .card)`);
      await see(person, `room-${tab}`);
    }
    const opened = await desk(workshop, given);
    await see(opened, 'console');
    const panels = opened.locator('nav button[aria-controls=panel]');
    for (let n = 0; n < (await panels.count()); n++) {
      await panels.nth(n).click();
      await opened.locator(`nav button[aria-controls=panel] >> nth=${n}`).and(opened.locator('[aria-expanded=true]')).waitFor();
      await opened.waitForSelector('#panel :is(p, button, input):visible');
      await see(opened, `panel-${n + 1}`);
    }
    const overview = await looking.open('/console', { cookie: organiser, ...given });
    await overview.waitForSelector('h3');
    await see(overview, 'workshops');
    await overview.locator('a[href*="overview="]').first().click();
    await overview.waitForSelector('article');
    await see(overview, 'overview');
    await overview.goto(`${server.url}/review`);
    await overview.waitForSelector('main nav.tabs');
    await see(overview, 'review');
  }
  return `${looking.screens} screens`;
});

/** A browser's speech recognition: what it hears is told by the test, as `hear(words, sure)` and `fall(error)`. */
function recogniser() {
  globalThis.made = [];
  globalThis.SpeechRecognition = class {
    constructor() {
      globalThis.made.push(this);
    }
    start() {
      globalThis.languageHeard = this.lang;
      setTimeout(() => this.onstart?.());
    }
    stop() {
      setTimeout(() => this.onend?.());
    }
    abort() {
      setTimeout(() => this.onend?.());
    }
  };
  globalThis.hear = (words, sure) => {
    const now = globalThis.made.at(-1);
    now.onresult({ resultIndex: 0, results: [Object.assign([{ transcript: words }], { isFinal: sure })] });
    if (sure) now.onend();
  };
}
const hear = (opened, words, sure = true) => opened.evaluate(([said, final]) => globalThis.hear(said, final), [words, sure]);
const withRecogniser = async (opened) => {
  await opened.addInitScript(recogniser);
  await opened.reload();
  return opened;
};

await journey('what is dictated stands where the caret was, and none of it is lost', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const person = await sit(Seat.participant(server, workshop));
  const colleague = await sit(Seat.participant(server, workshop));
  const { room, desk } = opening(looking);

  const opened = await withRecogniser(await room(person, { reducedMotion: 'reduce' }));
  const box = opened.locator('#text');
  const dictate = opened.locator('#panel-write .dictation .quiet');
  await box.fill('الطريق بعيدة');
  await box.evaluate((area) => area.setSelectionRange(6, 6));
  await dictate.click();
  check(await opened.locator('#panel-write .explained').isVisible(), 'where the sound goes is not said first');
  check((await opened.evaluate(() => globalThis.made.length)) === 0, 'it listens before it was said');
  check(await opened.evaluate(() => document.activeElement.textContent.includes('الميكروفون')), 'the focus is not where one goes on');
  await looking.look(opened, 'dictation-explained');
  await opened.keyboard.press('Enter');
  await opened.waitForFunction(() => globalThis.languageHeard === 'ar-MA');
  await opened.locator('.dictation .dot').waitFor();
  await hear(opened, 'إلى', false);
  await opened.locator('.heard', { hasText: 'إلى' }).waitFor();
  check((await box.inputValue()) === 'الطريق بعيدة', 'it writes what may still change');
  await looking.look(opened, 'dictation-listening');
  await hear(opened, 'إلى المدرسة');
  check((await box.inputValue()) === 'الطريق إلى المدرسة بعيدة', `the text is ${await box.inputValue()}`);
  await opened.locator('.dictation select').selectOption('fr');
  await opened.waitForFunction(() => globalThis.languageHeard === 'fr-FR');
  await opened.locator('.dictation .state', { hasText: 'الميكروفون مفتوح' }).waitFor();
  await hear(opened, 'en hiver');
  await dictate.click();
  await opened.locator('.dictation .dot').waitFor({ state: 'detached' });
  check((await box.inputValue()) === 'الطريق إلى المدرسة en hiver بعيدة', `the text is ${await box.inputValue()}`);
  check(await dictate.evaluate((button) => button === document.activeElement), 'the focus is gone');

  // The phase ends under somebody who is speaking: the words wait with what was typed.
  await dictate.click();
  await opened.locator('.dictation .dot').waitFor();
  check((await opened.locator('.explained').count()) === 0, 'it is explained again');
  await hear(opened, 'et au printemps', false);
  await opened.locator('.heard').waitFor();
  await staff.perform({ action: 'phase.enter', phase: 'grouping' });
  await opened.waitForSelector('#panel-write .pause');
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  await box.waitFor();
  check((await box.inputValue()).includes('et au printemps'), 'what was said last is lost');
  await opened.reload();
  await box.waitFor();
  check((await box.inputValue()).includes('et au printemps'), 'what was said last is lost over a reload');
  await opened.click('#panel-write button[type=submit]');
  await opened.locator('#panel-write .below', { hasText: 'وصل' }).or(opened.locator('#panel-write .below p').first()).first().waitFor();

  // A pause leaves the form as it is; who sends while they speak sends what they said.
  const { settings } = (await request(where, 'GET', `/api/workshops/${workshop.id}/snapshot`, { cookie: person.cookie })).json;
  await box.fill('الماء');
  await staff.perform({ action: 'settings.set', settings: { ...settings, paused: true } });
  await opened.waitForSelector('#panel-write form .note');
  check((await box.inputValue()) === 'الماء', 'the pause took what was typed');
  check(await box.evaluate((area) => area === document.activeElement), 'the pause took the focus');
  await staff.perform({ action: 'settings.set', settings });
  await opened.waitForSelector('#panel-write form .note', { state: 'detached' });
  await dictate.click();
  await opened.locator('.dictation .state', { hasText: 'الميكروفون مفتوح' }).waitFor();
  await hear(opened, 'مقطوع', false);
  await opened.click('#panel-write button[type=submit]');
  await opened.waitForFunction(() => document.querySelector('#text').value === '');
  check((await opened.locator('.dictation .dot').count()) === 0, 'it goes on listening after the text is sent');
  await opened.click('#tab-mine');
  await opened.locator('#panel-mine', { hasText: 'الماء مقطوع' }).waitFor();
  await opened.click('#tab-write');
  await dictate.click();
  await opened.locator('.dictation .dot').waitFor();
  await opened.click('#tab-board');
  await opened.locator('.dictation .dot').waitFor({ state: 'detached' });

  // Two write one text, one of them by voice.
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const table = await staff.perform({ action: 'table.add', title: 'المجموعة 1' });
  await staff.perform({ action: 'table.seat', table, participants: [person.id, colleague.id] });
  await opened.click('#tab-table');
  await opened.locator('#panel-table section .primary').click();
  const shared = opened.locator('#panel-table .stack textarea').first();
  await shared.fill('حافلة');
  await opened.locator('#panel-table [data-state=kept]').first().waitFor();
  await opened.locator('#panel-table .dictation .quiet').first().click();
  await opened.locator('#panel-table .dictation .dot').waitFor();
  await hear(opened, 'كل صباح');
  await opened.locator('#panel-table [data-state=kept]').first().waitFor();
  await until(
    async () => (await staff.board()).drafts[0]?.text === 'حافلة كل صباح',
    'the table does not have what was dictated',
  );
  await looking.look(opened, 'dictation-table');
  // Somebody throws the text away under who is speaking: the words stay to be copied.
  await hear(opened, 'ومساء', false);
  const [{ id: draft }] = (await staff.board()).drafts;
  await colleague.perform({ action: 'draft.discard', draft });
  await opened.locator('#panel-table', { hasText: 'ومساء' }).waitFor();

  const staffed = await withRecogniser(await desk(workshop, { reducedMotion: 'reduce', language: 'fr' }));
  await staffed.waitForSelector('.dot.live');
  await settled(staffed);
  await staffed.locator('nav button[aria-controls=panel]').nth(5).click();
  await staffed.locator('#panel .dictation .quiet').click();
  await looking.look(staffed, 'dictation-paper');
  await staffed.locator('#panel .explained .primary').click();
  await staffed.waitForFunction(() => globalThis.languageHeard === 'fr-FR');
  await hear(staffed, 'Une rampe à l’entrée');
  check((await staffed.locator('#panel form textarea').first().inputValue()) === 'Une rampe à l’entrée', 'the paper form did not take it');

  const without = await room(colleague);
  await without.addInitScript(() => {
    delete globalThis.webkitSpeechRecognition;
    delete globalThis.SpeechRecognition;
  });
  await without.reload();
  await without.waitForSelector('#panel-write .rules summary'); // comes with it
  check((await without.locator('.dictation').count()) === 0, 'a browser that cannot listen offers it');
});

await journey('what may be hidden, and why, is told before anything is', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  const settings = { moderation: 'before', anonymous: true, results_required: true, paused: false, slow_seconds: 0, quorum: 0 };
  await staff.perform({ action: 'settings.set', settings });
  const person = await sit(Seat.participant(server, workshop));
  for (const language of ['ar', 'fr', 'en']) {
    const visitor = await looking.open(`/j/${workshop.join_code}`, { ...phone, language });
    const line = visitor.locator('.rules summary');
    await line.waitFor();
    check((await visitor.locator('.rules .grounds li').count()) === 7, 'not all grounds are told');
    check(!(await visitor.locator('.rules .grounds').isVisible()), 'they do not begin as one line');
    await line.focus();
    await visitor.keyboard.press('Enter');
    check(await visitor.locator('.rules .grounds').isVisible(), 'the line does not open');
    await looking.look(visitor, `rules-join-${language}`);
    const { room } = opening(looking);
    const opened = await room(person, { language });
    await opened.locator('#panel-write .rules summary').click();
    check((await opened.locator('#panel-write .grounds li').count()) === 7, 'not all grounds are told in the room');
    check((await opened.locator('#panel-write .rules details > ul > li').count()) === 8, 'the rules of this room are not among them');
    await looking.look(opened, `rules-room-${language}`);
  }
});

await journey('nothing moves for who asked for it, on the device or on the page', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const person = await sit(Seat.participant(server, workshop));
  const { room } = opening(looking);
  const moving = async (given) => {
    const opened = await withRecogniser(await room(person, given));
    await opened.locator('#panel-write .dictation .quiet').click();
    await opened.locator('.explained .primary').click();
    await opened.locator('.dictation .dot').waitFor();
    const found = await opened.evaluate(
      () => document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime > 100).length,
    );
    await opened.context().close();
    return found;
  };
  check((await moving({})) === 1, 'nothing moves at all: this check shows nothing');
  check((await moving({ reducedMotion: 'reduce' })) === 0, 'it moves though the device asks for stillness');
  check((await moving({ reading: { still: true } })) === 0, 'it moves though the page was asked for stillness');

  for (const [reducedMotion, expected] of [['no-preference', true], ['reduce', false]]) {
    const screen = await looking.open(`/screen/${workshop.id}`, { cookie: facilitator, ...projector, reducedMotion });
    await screen.waitForSelector('aside img');
    await screen.evaluate(() => {
      document.addEventListener('animationstart', ({ target }) => {
        const [moving] = target.getAnimations(); // none when it was over at once
        globalThis.moved = moving?.effect.getComputedTiming().duration > 100;
      });
    });
    await person.perform({ action: 'contribute', kind: 'problem', text: `مدخل دون منحدر ${reducedMotion}` });
    const card = screen.locator('.shown.newest', { hasText: reducedMotion });
    await card.waitFor();
    if (expected) await screen.waitForFunction(() => globalThis.moved !== undefined);
    await card.evaluate((one) => Promise.all(one.getAnimations().map(({ finished }) => finished)));
    const moved = (await screen.evaluate(() => globalThis.moved)) === true;
    check(moved === expected, `the projector ${expected ? 'is still' : 'moves'} with ${reducedMotion}`);
  }
});

await end();
