// The desk on which contributions are reviewed: what is typed there, whatever the network and the hands do.
import { uuidv7 } from '../../trials/random.mjs';
import { check, context, enter, facilitate, joinRoom, journey, page, phone, server, signedIn, workshops, write } from '../setting.mjs';

const workshop = workshops[1];
const about = (n) => `اقتراح رقم ${n} لتحسين الخدمة في الجماعة`;
const own = 'كلمات كُتبت عن الأول والثاني وحدهما';

let desk;
/** An organiser of both consultations, at the one that these contributions are of. */
async function opened() {
  if (!desk) {
    server.addAccount('secretary', 'organiser', ['--all']);
    const staff = await facilitate(workshop);
    await enter(staff, 'solutions');
    const participant = await joinRoom(await context(phone), workshop);
    for (const n of [1, 2, 3, 4, 5, 6]) {
      await write(participant, about(n));
      await staff.getByText(about(n)).first().waitFor();
    }
  }
  const one = await signedIn('secretary', '/review#screening');
  const all = (await one.evaluate(() => fetch('/api/workshops').then((answer) => answer.json()))).consultations;
  const here = all.find(({ workshops: rooms }) => rooms.some(({ id }) => id === workshop.id));
  desk = { consultation: here.id, title: here.title, other: all.find(({ id }) => id !== here.id) };
  await one.selectOption('main select >> nth=0', here.id);
  await one.locator('h2', { hasText: here.title }).waitFor({ state: 'attached' });
  return one;
}
const docket = (one) =>
  one.evaluate((id) => fetch(`/api/consultations/${id}/review`).then((answer) => answer.json()), desk.consultation);
const box = (one, n) => one.locator('.queue li', { hasText: about(n) }).locator('input');
/** Fewer than two rated what it is about: that is asked back once. */
async function pressTwice(form) {
  await form.locator('.primary').click();
  await form.locator('[role=alert]').waitFor();
  await form.locator('.primary').click();
}
const focused = (one, selector) => one.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector);

await journey('what is begun about two contributions stays with them, over others and a reload', async () => {
  const one = await opened();
  await box(one, 1).check();
  await box(one, 2).check();
  await one.locator('section .button.primary').click();
  const form = one.locator('[data-form^="propose:several"]');
  await form.locator('textarea').fill(own);
  await form.locator('.button:not(.primary)').click();
  check(await focused(one, '[data-opens^="propose:several"]'), 'the focus is not where the form can be opened again');
  await box(one, 1).uncheck();
  await box(one, 2).uncheck();
  await box(one, 3).check();
  await box(one, 4).check();
  await one.locator('section .button.primary').click();
  const offered = await form.locator('textarea').inputValue();
  check([about(3), about(4)].includes(offered), `two others are offered: ${offered}`);
  await form.locator('.button:not(.primary)').click();
  await one.reload();
  await one.selectOption('main select >> nth=0', desk.consultation);
  await one.locator('[aria-label="مسودة"] .button').click();
  check((await form.locator('textarea').inputValue()) === own, 'the words are gone');
  await form.locator('input').fill('مقترح من الأول والثاني');
  await pressTwice(form);
  await one.locator('.lately', { hasText: 'تمّ ذلك: إنشاء المقترح' }).waitFor();
  const { contributions, proposals } = await docket(one);
  const made = proposals.find(({ text }) => text === own);
  const texts = contributions.filter(({ id }) => made.contributions.includes(id)).map(({ text }) => text);
  check(texts.sort().join() === [about(1), about(2)].join(), `it is made of ${texts}`);
});

await journey('a consultation that cannot be fetched is not shown as chosen', async () => {
  const one = await opened();
  const select = one.locator('main select').first();
  await one.context().setOffline(true);
  await select.selectOption(desk.other.id);
  await one.locator('main > .error-text').waitFor();
  check((await select.inputValue()) === desk.consultation, 'another one is named than is shown');
  await one.context().setOffline(false);
  await select.selectOption(desk.other.id);
  await one.locator('h2', { hasText: desk.other.title }).waitFor({ state: 'attached' });
  check((await one.locator('main > .error-text').count()) === 0, 'what went wrong before is still said');
});

await journey('a rating that could not be sent is given again, and whoever went on is not brought back', async () => {
  const one = await opened();
  await one.locator('.queue li', { hasText: about(3) }).locator('button').click();
  const article = one.locator('.work article');
  await one.context().setOffline(true);
  for (const digit of ['4', '4', '5']) await one.keyboard.press(digit);
  await article.locator('.error-text').waitFor();
  await one.context().setOffline(false);
  await one.keyboard.press('5');
  const rated = async (n) => (await docket(one)).contributions.find(({ text }) => text === about(n)).screenings.length;
  await one.locator('[role=status]', { hasText: 'حُفظ تقييمكم: 4 / 4 / 5' }).waitFor({ state: 'attached' });
  check((await rated(3)) === 1, 'it is not kept');

  // The answer comes after the next one was left as well.
  await one.locator('.queue li', { hasText: about(4) }).locator('button').click();
  let answer;
  let asked;
  const sent = new Promise((resolve) => (asked = resolve));
  await one.route('**/review', async (route) => {
    if (route.request().method() === 'POST') await new Promise((resolve) => asked((answer = resolve)));
    await route.continue();
  });
  for (const digit of ['2', '2', '2']) await one.keyboard.press(digit);
  for (let n = 0; n < 2; n++) await one.keyboard.press('j');
  await article.locator('.said', { hasText: about(6) }).waitFor();
  await sent;
  answer();
  await one.locator('[role=status]', { hasText: 'حُفظ تقييمكم: 2 / 2 / 2' }).waitFor({ state: 'attached' });
  await one.waitForFunction((text) => !document.querySelector('.queue').textContent.includes(text), about(4));
  check((await article.locator('.said').textContent()) === about(6), 'the card is another than the one gone to');

  await one.unroute('**/review');

  // What is set aside leaves the list, and the keys go on with the next.
  await one.keyboard.press('x');
  const form = one.locator('[data-form^="refuse:"]');
  await form.waitFor();
  for (const field of await form.locator('textarea').all()) await field.fill('لا يتعلق بالموضوع');
  await pressTwice(form);
  await one.locator('.lately', { hasText: 'تمّ ذلك: استبعاد' }).waitFor();
  await one.waitForFunction(() => document.activeElement?.matches('.work article'));
});

await journey('the next grid is kept over another tab and a reload, and signing out warns of it', async () => {
  const one = await opened();
  const tab = (name) => one.locator('nav.tabs button', { hasText: name }).click();
  await tab('شبكة التنقيط');
  await one.locator('.current .primary').click();
  const need = one.locator('.weight', { hasText: 'الحاجة' }).locator('input');
  await need.fill('30');
  await tab('المقترحات');
  await tab('شبكة التنقيط');
  check((await need.inputValue()) === '30', 'another tab lost the weights');
  await one.reload();
  await one.selectOption('main select >> nth=0', desk.consultation);
  await need.waitFor();
  check((await need.inputValue()) === '30', 'a reload lost the weights');
  await one.locator('header .button', { hasText: 'الخروج' }).click();
  await one.locator('.leaving').waitFor();
  await one.context().setOffline(true);
  await one.locator('.leaving .danger').click();
  await one.locator('main > .error-text').waitFor();
  check((await need.inputValue()) === '30', 'signing out failed and lost the weights');
});

await journey('the keys of screening are there without a click', async () => {
  await opened();
  server.addAccount('quick', 'organiser', ['--consultation', desk.consultation]);
  const one = await signedIn('quick', '/review#screening');
  await one.waitForFunction(() => document.activeElement?.matches('.work article'));
  const first = await one.locator('.work .said').first().textContent();
  await one.keyboard.press('j');
  await one.waitForFunction((text) => document.querySelector('.work .said')?.textContent !== text, first);
  await one.evaluate(() => document.activeElement.blur());
  await one.locator('.screening').evaluate((all) => all.click());
  await one.keyboard.press('k');
  await one.waitForFunction((text) => document.querySelector('.work .said')?.textContent === text, first);
});

await journey('a colleague’s newer grid is shown and not replaced unseen', async () => {
  const one = await opened();
  server.addAccount('second', 'organiser', ['--all']);
  const tab = (name) => one.locator('nav.tabs button', { hasText: name }).click();
  await tab('شبكة التنقيط');
  await one.locator('.current .primary').click();
  const weigh = async (page_, need, support) => {
    await page_.locator('.weight input').first().waitFor();
    for (const field of await page_.locator('.weight input').all()) await field.fill('0');
    await page_.locator('.weight', { hasText: 'الحاجة' }).locator('input').fill(need);
    await page_.locator('.weight', { hasText: 'المساندة' }).locator('input').fill(support);
  };
  await weigh(one, '40', '60');
  const two = await signedIn('second', '/review#grid');
  await two.selectOption('main select >> nth=0', desk.consultation);
  await two.locator('h2', { hasText: desk.title }).waitFor({ state: 'attached' });
  await two.locator('.current .primary').click();
  await weigh(two, '70', '30');
  await two.locator('[data-form^="grid:"] button.primary').click();
  await two.locator('.versions .card').first().waitFor();

  const publish = one.locator('[data-form^="grid:"] button.primary');
  await publish.click();
  await one.locator('.newer', { hasText: 'second' }).waitFor();
  check(await publish.isDisabled(), 'the newer grid can be replaced unseen');
  const need = one.locator('.weight', { hasText: 'الحاجة' });
  check((await need.locator('input').inputValue()) === '40', 'the weights are gone');
  await need.locator('.now', { hasText: '70' }).waitFor();
  check((await docket(one)).grids.length === 1, 'it was replaced');
  await one.locator('.newer button').click();
  await one.locator('[data-form^="grid:"] textarea').first().waitFor();
  for (const field of await one.locator('[data-form^="grid:"] textarea').all()) await field.fill('الحاجة أولا');
  await publish.click();
  await one.waitForFunction(() => document.querySelectorAll('.versions .card').length === 2);
});

await journey('an organiser is told that nobody sits on the committee', async () => {
  const one = await opened();
  await one.locator('nav.tabs button', { hasText: 'لوائح اللجنة' }).click();
  await one.locator('.nobody', { hasText: 'لا أحد في لجنة هذا اللقاء' }).waitFor();
  check((await one.locator('[data-opens^="list:"]').count()) === 0, 'a list is offered that nobody can approve');
});

await journey('an administration is told what it sent, and keeps what it can send no more', async () => {
  const organising = await opened();
  const act = (action, members) =>
    organising.evaluate(
      async ([path, body]) => {
        const headers = { 'Content-Type': 'application/json' };
        const { status } = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
        if (status !== 200) throw new Error(`${body.action} was answered with ${status}`);
        return body.id;
      },
      [`/api/consultations/${desk.consultation}/review`, { id: uuidv7(), action, ...members }],
    );
  const of = (await docket(organising)).contributions.find(({ text }) => text === about(4)).id;
  const proposal = await act('propose', { title: 'مقترح لإدارة', text: about(4), contributions: [of] });
  await act('route', { proposal, lead: 'mtnra' });
  const one = await signedIn('reviewer', '/review');
  const card = one.locator('li.card', { hasText: 'مقترح لإدارة' });
  const note = async (text) => {
    await card.locator(`[data-opens="note:${proposal}"]`).click();
    await card.locator('form textarea').fill(text);
  };
  await note('سُئلت المصلحة المعنية');
  await card.locator('form', { has: one.locator('textarea') }).locator('.primary').click();
  await one.locator('.lately', { hasText: 'تم' }).waitFor();
  await card.getByText('سُئلت المصلحة المعنية').waitFor();
  check(await focused(one, 'li.card'), 'the focus is nowhere');
  await one.context().setOffline(true);
  await card.locator('.assign select').selectOption({ index: 1 });
  await card.locator('.error-text').waitFor();
  check((await card.locator('.assign select').inputValue()) === '', 'somebody stands as chosen whom nobody was told of');
  await one.context().setOffline(false);
  await note('ملاحظة لم تُرسل');
  const { seq } = (await docket(organising)).proposals.find(({ id }) => id === proposal);
  await act('route', { proposal, lead: 'justice', expected_seq: seq });
  await one.reload();
  const left = one.locator('.leftover', { hasText: 'ملاحظة لم تُرسل' });
  await left.locator('.button').last().click();
  await left.waitFor({ state: 'detached' });
});

await journey('the next receipt is offered nothing that was written for the first', async () => {
  const organising = await opened();
  const participant = await joinRoom(await context(phone), workshop);
  const receipts = [];
  for (const n of [7, 8]) {
    await write(participant, about(n));
    await participant.click('#tab-mine');
    await participant.locator('code').nth(n - 7).waitFor();
  }
  for (const code of await participant.locator('code').all()) receipts.push(await code.textContent());
  for (const receipt of receipts) {
    const { id } = await (await fetch(`${server.url}/api/receipts/${receipt}`)).json();
    const status = await organising.evaluate(
      async ([path, body]) => {
        const headers = { 'Content-Type': 'application/json' };
        return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
      },
      [`/api/consultations/${desk.consultation}/review`, { id: uuidv7(), action: 'return', contribution: id, note: 'أين؟' }],
    );
    check(status === 200, `return was answered with ${status}`);
  }
  const author = await page(participant.context());
  await author.goto(`${server.url}/receipt/${receipts[0]}`);
  await author.fill('#revision', 'صياغة أوضح لم تُرسل بعد');
  await author.reload();
  await author.locator('#revision').waitFor();
  check((await author.inputValue('#revision')) === 'صياغة أوضح لم تُرسل بعد', 'a reload lost the words');
  await author.locator('main > .button').click();
  await author.fill('#receipt', receipts[1]);
  await author.locator('form .primary').click();
  await author.locator('#revision').waitFor();
  const offered = await author.inputValue('#revision');
  check([about(7), about(8)].includes(offered), `the other receipt is offered: ${offered}`);
});

await journey('a reader’s language goes along from a public page to a receipt', async () => {
  const reader = await page(await context(phone));
  await reader.goto(`${server.url}/proposals?language=fr`);
  await reader.locator('nav.sections a').last().click();
  await reader.locator('h1', { hasText: 'Suivre une contribution' }).waitFor();
  check((await reader.locator('html').getAttribute('dir')) === 'ltr', 'French is not from left to right');
  await reader.locator('footer a').click();
  await reader.locator('h1', { hasText: 'Rejoindre un atelier' }).waitFor();
  await reader.locator('header button[lang=en]').click();
  await reader.locator('h1', { hasText: 'Join a workshop' }).waitFor();
  await reader.reload();
  await reader.locator('h1', { hasText: 'Join a workshop' }).waitFor();
});
