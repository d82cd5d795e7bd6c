#!/usr/bin/env node
// A meeting run and taken part in by keyboard alone, what a screen reader is told of its pages, and a projector that is
// reloaded and loses its network in the middle of it. `keyboard.mjs [WORDS] [--pictures DIR]`.
import { request } from '../trials/http.mjs';
import { check, laptop, projector } from './looking.mjs';
import { Seat } from './room.mjs';
import { begin, openConsole, openRoom, until } from './walk.mjs';

const { server, where, facilitator, journey, end } = await begin({ boards: 3 });

const given = { ...laptop, language: 'fr' };
const sitDown = (looking, seat) => openRoom(looking, seat, given, '#panel-write .rules summary'); // the last part to come
const steer = (looking, workshop) => openConsole(looking, workshop, { cookie: facilitator, ...given });
const openScreen = async (looking, workshop) => {
  const opened = await looking.open(`/screen/${workshop.id}`, { cookie: facilitator, ...projector, language: 'fr' });
  await opened.waitForSelector('aside img');
  return opened;
};

const most = 150; // stops of a whole page, and more
let presses = 0;

/**
 * Goes with Tab to what fits the selector and has these words, as somebody does who has no pointer: never to what is
 * not shown to have the focus.
 */
async function reach(opened, selector, words = '', key = 'Tab') {
  for (let n = 0; n < most; n++) {
    await opened.keyboard.press(key);
    presses++;
    const there = await opened.evaluate(
      ([fits, says]) => {
        const at = document.activeElement;
        if (!at?.matches(fits) || !`${at.textContent} ${at.getAttribute('aria-label') ?? ''}`.includes(says)) return null;
        const ring = [at, at.parentElement, at.nextElementSibling].filter(Boolean).map((one) => getComputedStyle(one));
        return { seen: ring.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px') };
      },
      [selector, words],
    );
    if (!there) continue;
    check(there.seen, `nothing shows that ${selector} ${words} has the focus`);
    return;
  }
  throw new Error(`no way with ${key} to ${selector} ${words}`);
}
const back = (opened, selector, words) => reach(opened, selector, words, 'Shift+Tab');
async function press(opened, key, times = 1) {
  for (let n = 0; n < times; n++) await opened.keyboard.press(key);
  presses += times;
}
const isTrue = (opened, look, what) => opened.waitForFunction(look, what);

/** Opens a panel of the console, or goes on in it. */
async function openPanel(opened, name) {
  await reach(opened, 'nav button[aria-controls=panel]', name);
  await press(opened, 'Enter');
  await opened.waitForSelector('#panel :is(.row, form, label, ol)');
}
async function enterNext(opened, phase) {
  await isTrue(opened, () => !document.querySelector('.steer .primary')?.hasAttribute('aria-disabled'));
  await reach(opened, '.steer .primary', phase);
  await press(opened, 'Enter');
  await isTrue(opened, (name) => document.querySelector('[aria-current=step]')?.textContent.includes(name), phase);
}
const snapshot = async (workshop, seat) =>
  (await request(where, 'GET', `/api/workshops/${workshop.id}/snapshot`, { cookie: seat.cookie })).json;

await journey('a meeting is run and taken part in by keyboard alone', async (looking, workshop, sit) => {
  const person = await sit(Seat.participant(server, workshop));
  const colleague = await sit(Seat.participant(server, workshop));
  const staff = await sit(Seat.staff(server, workshop));
  const [desk, room, screen] = await Promise.all([
    steer(looking, workshop),
    sitDown(looking, person),
    openScreen(looking, workshop),
  ]);

  // The agenda: a template, over prepared questions, and a question of one's own.
  await openPanel(desk, 'Déroulé');
  await reach(desk, '#panel .templates .button');
  await press(desk, 'Enter');
  await desk.waitForSelector('dialog[open]');
  check(await desk.evaluate(() => !!document.activeElement.closest('dialog[open]')), 'the question does not take the focus');
  await reach(desk, 'dialog[open] .danger');
  await press(desk, 'Enter');
  await desk.waitForSelector('dialog[open]', { state: 'detached' });
  await reach(desk, '#panel li:nth-child(2) textarea');
  await press(desk, 'ControlOrMeta+A');
  await desk.keyboard.type('Que faut-il changer ?');
  await reach(desk, '#panel form button[type=submit]');
  await press(desk, 'Enter');
  await until(
    async () => (await snapshot(workshop, person)).questions?.problems === 'Que faut-il changer ?',
    'the agenda was not applied',
  );
  await back(desk, 'nav button[aria-expanded=true]');
  await press(desk, 'Enter');

  // A phase and its timer; somebody writes.
  await back(desk, '.steer ol button', 'Problèmes');
  await press(desk, 'Enter');
  await isTrue(room, () => document.querySelector('h1')?.textContent.includes('Que faut-il changer'));
  await staff.perform({ action: 'timer.start', duration_ms: 600_000 });
  await desk.waitForSelector('.steer [role=timer]');
  await reach(desk, '.steer .button', 'Arrêter');
  await press(desk, 'Enter');
  await desk.waitForSelector('.steer [role=timer]', { state: 'detached' });
  await reach(desk, '.steer .button', '5');
  await press(desk, 'Enter');
  await screen.waitForSelector('.timer [role=timer]');
  await reach(room, '#text');
  await room.keyboard.type('Le bus ne passe pas le soir');
  await reach(room, '#panel-write button[type=submit]');
  await press(room, 'Enter');
  await desk.locator('[data-card]', { hasText: 'Le bus ne passe pas' }).waitFor();
  check(await room.evaluate(() => document.activeElement.id === 'text'), 'one cannot go on writing');

  // The floor: asked for, given, seen on the projector, ended.
  await back(room, '.floor .button');
  await press(room, 'Enter');
  await openPanel(desk, 'Prise de parole');
  await reach(desk, '#panel ol .button');
  await press(desk, 'Enter');
  await room.waitForSelector('.floor.have');
  await screen.waitForSelector('footer .speaking');
  await reach(desk, '#panel .speaking .button');
  await press(desk, 'Enter');
  await room.waitForSelector('.floor.have', { state: 'detached' });

  // Tables: made, asking for help, and a text that two write.
  await enterNext(desk, 'Regroupement');
  await enterNext(desk, 'Solutions');
  await openPanel(desk, 'Tables');
  await reach(desk, '#panel .row .button', 'mixité');
  await press(desk, 'Enter');
  await desk.waitForSelector('.proposal .primary');
  await reach(desk, '.proposal .primary');
  await press(desk, 'Enter');
  await room.waitForSelector('#tab-table');
  await back(room, '[role=tab][aria-selected=true]');
  await press(room, 'ArrowRight', 3);
  await isTrue(room, () => document.activeElement.id === 'tab-table');
  await room.waitForSelector('#panel-table .statuses');
  await reach(room, '#panel-table .statuses .help');
  await press(room, 'Space');
  await desk.locator('nav button', { hasText: 'Tables' }).locator('.badge').waitFor();
  await reach(room, '#panel-table section .primary');
  await press(room, 'Enter');
  await room.waitForSelector('#panel-table .stack textarea');
  await reach(room, '#panel-table .stack textarea');
  await room.keyboard.type('Une navette');
  const draft = () => staff.board().then(({ drafts }) => drafts[0]);
  await until(async () => (await draft())?.text === 'Une navette', 'what was typed did not arrive');
  const { id, revision } = await draft();
  await colleague.perform({ action: 'draft.change', draft: id, revision, edit: ['Le soir : '] });
  await isTrue(room, () => document.activeElement.value === 'Le soir : Une navette');
  await room.keyboard.type(' du souk');
  await until(async () => (await draft())?.text === 'Le soir : Une navette du souk', 'the caret did not move along');
  await reach(room, '#panel-table .expected .stack textarea'); // the template asks for it
  await room.keyboard.type('Chacun rentre avant la nuit');
  await reach(room, '#panel-table .actions .primary');
  await press(room, 'Enter');
  const solution = async () => (await snapshot(workshop, person)).contributions.find(({ kind }) => kind === 'solution');
  await until(async () => (await solution())?.text === 'Le soir : Une navette du souk', 'it was not handed in');

  await colleague.perform({ action: 'contribute', kind: 'solution', text: 'Un abri à l’arrêt', result: 'On attend au sec' });

  // Weighing: what phones give, what hands do, and when the room sees it.
  await enterNext(desk, 'Plénière');
  await staff.perform({ action: 'tallies.hide', on: false }); // the template hides them
  await openPanel(desk, 'Pondération');
  await desk.locator('#panel .row .primary', { hasText: 'Masquer' }).waitFor();
  await reach(desk, '#panel .row .primary', 'Masquer');
  await press(desk, 'Enter');
  await desk.locator('#panel .row .primary', { hasText: 'Révéler' }).waitFor();
  await back(room, '[role=tab][aria-selected=true]');
  await press(room, 'ArrowLeft');
  await isTrue(room, () => document.activeElement.id === 'tab-board');
  await room.waitForSelector('#panel-board .support');
  await reach(room, '#panel-board .support');
  await press(room, 'Space');
  await isTrue(room, () => document.activeElement.matches('.support[aria-pressed=true]'));
  check((await room.locator('#panel-board .support .count').count()) === 0, 'the room is told what is hidden');
  await desk.waitForSelector('#panel ol fieldset input');
  await reach(desk, '#panel ol fieldset input');
  await press(desk, 'ControlOrMeta+A');
  await desk.keyboard.type('4');
  await press(desk, 'Tab');
  await back(desk, '#panel .row .primary', 'Révéler');
  await press(desk, 'Enter');
  await room.locator('#panel-board .support .count').first().waitFor();
  const weighed = (await snapshot(workshop, person)).contributions.filter(({ kind }) => kind === 'solution');
  check(weighed.some(({ supports }) => supports === 1), 'the support was not kept');
  check(weighed.some(({ counted }) => counted?.hands === 4), 'the hands were not kept');

  // What the projector shows.
  await openPanel(desk, 'Écran');
  for (const [name, shown] of [
    ['Résultats', '.chosen.results'],
    ['Tables', '.chosen.tables'],
    ['Question', '.chosen.question'],
  ]) {
    await (name === 'Résultats' ? reach : back)(desk, '#panel [aria-pressed]', name);
    await press(desk, 'Enter');
    await screen.waitForSelector(shown);
  }
  await reach(desk, '#caption');
  await desk.keyboard.type('Merci de votre attention');
  await press(desk, 'Enter');
  await screen.locator('.caption', { hasText: 'Merci' }).waitFor();
  await looking.look(desk, 'by-keyboard-console');
  await looking.look(room, 'by-keyboard-room');
  await looking.look(screen, 'by-keyboard-projector');
  return `${presses} presses`;
});

const named = ['button', 'link', 'textbox', 'searchbox', 'checkbox', 'radio', 'tab', 'combobox', 'spinbutton', 'slider'].concat([
  ...['navigation', 'region', 'tabpanel', 'dialog', 'image', 'heading', 'Iframe', 'DisclosureTriangle'],
]);
const unnamed = (node) => named.includes(node.role) && !node.name;

/** The page as a screen reader is given it. */
async function treeOf(opened) {
  // In the tree what opens on the page (details) is a group as well, whose name is what opens it.
  const groups = await opened.evaluate(() =>
    [...document.querySelectorAll('fieldset:not([role=presentation]), [role=group]')]
      .filter((one) => !one.querySelector(':scope > legend') && !one.ariaLabel && !one.hasAttribute('aria-labelledby'))
      .map((one) => one.outerHTML.slice(0, 80)),
  );
  check(groups.length === 0, `groups without a name: ${groups.join(' ')}`);
  const devtools = await opened.context().newCDPSession(opened);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties = [] }) => ({
      role: role?.value,
      name: name?.value?.trim() ?? '',
      ...Object.fromEntries(properties.map((one) => [one.name, one.value.value])),
    }));
}
function checkTree(tree, page) {
  const count = (role, name = '') => tree.filter((node) => node.role === role && node.name.includes(name)).length;
  const nameless = tree.filter(unnamed).map(({ role }) => role);
  check(nameless.length === 0, `${page}: without a name: ${nameless.join(', ')}`);
  check(count('main') === 1, `${page}: ${count('main')} main parts`);
  check(tree.filter(({ role, level }) => role === 'heading' && level === 1).length === 1, `${page}: not one title`);
  const levels = tree.filter(({ role }) => role === 'heading').map(({ level }) => level);
  check(levels.every((level, n) => n === 0 || level <= levels[n - 1] + 1), `${page}: headings ${levels.join(' ')}`);
  return {
    has: (role, name) => check(count(role, name) > 0, `${page}: no ${role} "${name}"`),
    live: (politeness) => tree.filter(({ live }) => live === politeness).length,
  };
}

await journey('a screen reader is told names, roles and what changes', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  await staff.perform({ action: 'timer.start', duration_ms: 600_000 });
  const person = await sit(Seat.participant(server, workshop));
  const colleague = await sit(Seat.participant(server, workshop));
  await colleague.perform({ action: 'contribute', kind: 'problem', text: 'Pas d’eau en été' });
  const theme = await staff.perform({ action: 'theme.add', title: 'Eau' });
  const [room, desk, screen] = await Promise.all([
    sitDown(looking, person),
    steer(looking, workshop),
    openScreen(looking, workshop),
  ]);
  for (const text of ['Une seule fontaine', 'Une fuite au souk'])
    await colleague.perform({ action: 'contribute', kind: 'problem', text });

  const ofRoom = checkTree(await treeOf(room), 'room');
  for (const [role, name] of [
    ['tab', 'Écrire'],
    ['tabpanel', 'Écrire'],
    ['textbox', 'problème'],
    ['button', 'Envoyer'],
    ['navigation', 'Langue'],
    ['timer', ''],
  ])
    ofRoom.has(role, name);
  check(ofRoom.live('polite') >= 3, 'room: what arrives, what is sent and the letters that are left are not told');
  check(ofRoom.live('assertive') === 0, 'room: it interrupts');
  for (const tab of ['mine', 'board']) {
    await room.click(`#tab-${tab}`);
    await room.waitForSelector(`#panel-${tab} :is(.card, li, p)`);
    checkTree(await treeOf(room), `room, ${tab}`);
  }
  const ofDesk = checkTree(await treeOf(desk), 'console');
  for (const [role, name] of [
    ['heading', 'Eau'],
    ['button', 'Problèmes'],
    ['button', 'Déroulé et règles'],
    ['searchbox', ''],
    ['navigation', ''],
  ])
    ofDesk.has(role, name);
  check(ofDesk.live('polite') >= 1, 'console: what arrives is not told');
  const panels = desk.locator('nav button[aria-controls=panel]');
  for (let n = 0; n < (await panels.count()); n++) {
    await panels.nth(n).click();
    await desk.waitForSelector('#panel :is(.row, form, label, ol, ul, .hint)');
    checkTree(await treeOf(desk), `console, panel ${n + 1}`).has('region', (await panels.nth(n).innerText()).replace(/\d+$/, '').trim());
  }

  const ofScreen = checkTree(await treeOf(screen), 'projector');
  for (const [role, name] of [
    ['timer', ''],
    ['image', ''],
    ['heading', ''],
  ])
    ofScreen.has(role, name);
  await staff.perform({ action: 'caption.set', text: 'On commence' });
  await screen.waitForSelector('.caption');
  check(checkTree(await treeOf(screen), 'projector, captions').live('polite') >= 2, 'projector: captions are not told');
  for (const view of ['question', 'theme', 'results', 'timer', 'join', 'tables', 'floor', 'blank']) {
    await staff.perform({ action: 'projector.show', view, ...(view === 'theme' ? { target: theme } : {}) });
    await screen.waitForSelector(`.chosen.${view}`);
    checkTree(await treeOf(screen), `projector, ${view}`);
  }

  // What was written meanwhile is told once and politely, not card by card: after twelve quiet seconds.
  for (const [opened, page] of [
    [room, 'room'],
    [desk, 'console'],
  ]) {
    const summary = opened.locator('[role=status].visually-hidden', { hasText: '2 nouvelles contributions' });
    await summary.waitFor({ state: 'attached', timeout: 15_000 }).catch(() => check(false, `${page}: new cards are not told of`));
  }
});

await journey('a projector comes back alone, and never shows what was hidden', async (looking, workshop, sit) => {
  const staff = await sit(Seat.staff(server, workshop));
  await staff.perform({ action: 'phase.enter', phase: 'problems' });
  const person = await sit(Seat.participant(server, workshop));
  const write = (text) => person.perform({ action: 'contribute', kind: 'problem', text });
  const hide = (contribution) =>
    staff.perform({ action: 'moderate', contribution, hidden: true, ground: 'disrespect' });
  await write('Pas de trottoir');
  const insult = await write('MOT-MASQUÉ');
  const screen = await openScreen(looking, workshop);
  await screen.locator('li', { hasText: 'MOT-MASQUÉ' }).waitFor();
  // From its first moment on, whatever stood there for one frame.
  await screen.addInitScript(() => {
    globalThis.everShown = [];
    new MutationObserver(() => {
      const { textContent } = document.documentElement;
      for (const words of ['MOT-MASQUÉ', 'Pas de trottoir']) if (textContent.includes(words)) globalThis.everShown.push(words);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  const clean = async (when) => {
    const shown = await screen.evaluate(() => globalThis.everShown);
    check(shown.includes('Pas de trottoir'), 'nothing is watched: this check shows nothing');
    check(!shown.includes('MOT-MASQUÉ'), `what was hidden was shown ${when}`);
  };

  await hide(insult);
  await screen.locator('li', { hasText: 'MOT-MASQUÉ' }).waitFor({ state: 'detached' });
  await screen.reload();
  await screen.locator('li', { hasText: 'Pas de trottoir' }).waitFor();
  await clean('after a reload');

  // Away: said, with the last that was seen; then what happened meanwhile, without a hand on it.
  await screen.context().setOffline(true);
  await screen.waitForSelector('footer .lost');
  await screen.locator('li', { hasText: 'Pas de trottoir' }).waitFor();
  const written = await write('MOT-MASQUÉ bis');
  await hide(written);
  await write('Des bancs partout');
  await staff.perform({ action: 'projector.show', view: 'question' });
  await screen.context().setOffline(false);
  await screen.waitForSelector('.chosen.question');
  await screen.waitForSelector('footer .lost', { state: 'detached' });
  await staff.perform({ action: 'projector.show', view: 'board' });
  await screen.locator('li', { hasText: 'Des bancs partout' }).waitFor();
  await clean('when the network came back');

  // Reloaded while a card alone is shown, which is hidden then.
  const alone = await write('MOT-MASQUÉ ter');
  await staff.perform({ action: 'projector.show', view: 'contribution', target: alone });
  await screen.waitForSelector('.chosen.contribution');
  await hide(alone);
  await screen.locator('.chosen', { hasText: 'MOT-MASQUÉ' }).waitFor({ state: 'detached' });
  await screen.reload();
  await screen.waitForSelector('.chosen.contribution');
  await staff.perform({ action: 'projector.show', view: 'board' });
  await screen.locator('li', { hasText: 'Pas de trottoir' }).waitFor();
  await clean('after a reload with a chosen card');

  // The server dies and comes back: so does the projector.
  await server.end('SIGKILL');
  await screen.waitForSelector('footer .lost');
  await server.start();
  await screen.waitForSelector('footer .lost', { state: 'detached', timeout: 30_000 });
  await clean('after the server had gone');
});

await end();
