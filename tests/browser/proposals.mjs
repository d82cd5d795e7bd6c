#!/usr/bin/env node
// Proposals that are merged, taken apart, dissolved, asked about, handed on and shared, and an answer that the committee
// reads before it is published, each role in a real browser. `proposals.mjs [--pictures DIR]` also takes pictures of each screen.
import { begin, choose, fill, phone, tab, words } from './office.mjs';
import { Seat } from './room.mjs';

const review = await begin(['member', 'reviewer', 'approver', 'helper']);
const { server, workshop, office, organiser, consultation, act } = review;
async function deskOf(cookie, name) {
  const opened = await office.open('/review', { cookie });
  await choose(opened, consultation);
  await tab(opened, name);
  return opened;
}
const solutions = [
  ['نشر محاضر دورات المجلس', 'تنشر محاضر دورات المجلس الجماعي على موقع الجماعة في أجل خمسة عشر يوما', 4, 3, 5],
  ['محاضر المجلس على الإنترنت', 'وضع محاضر دورات المجلس رهن إشارة العموم على الإنترنت بعد كل دورة', 4, 3, 5],
  ['ميزانية مبسطة للمواطنين', 'تنشر الجماعة كل سنة ملخصا مبسطا للميزانية بالأرقام والرسوم', 4, 3, 5],
  ['تكوين الموظفين', 'تكوين موظفي الجماعة في الحق في الحصول على المعلومات', 4, 3, 5],
];
const proposals = [];

async function prepare() {
  proposals.push(...(await review.solutionsOf(solutions, (people, n) => people.slice(n, n + 4))));
}

const card = (opened, n) => opened.locator(`[data-proposal="${proposals[n]}"]`);
const ended = (opened, n) => opened.locator(`[data-ended="${proposals[n]}"]`);

/** Two that say the same become one, and its score counts their people once; then two again. */
async function merge() {
  const desk = await deskOf(organiser, 'المقترحات');
  await card(desk, 1).getByRole('button', { name: 'ضم إلى مقترح آخر' }).click();
  const form = desk.locator(`[data-form="merge:${proposals[1]}"]`);
  await form.locator('.primary').click();
  await form.getByText('اختاروا المقترح الذي يستمر.').waitFor();
  await form.locator('label', { hasText: solutions[0][0] }).locator('input').check();
  await fill(desk, `[data-form="merge:${proposals[1]}"] textarea`, ['الفكرة نفسها', 'La même idée']);
  await office.lookAllOver(desk, 'merge-ar-light');
  await form.locator('.primary').click();
  await card(desk, 1).waitFor({ state: 'detached' });
  const whole = card(desk, 0);
  await whole.locator('summary').first().click();
  await whole.locator('summary', { hasText: 'كيف تُعاد' }).click();
  await office.lookAllOver(desk, 'score-by-hand-ar-light');
  const told = (await whole.locator('table').nth(1).innerText()).split('\n').at(-1);
  if (!/5\s+6/.test(told.replace(/[^\d\s]/g, ' '))) throw new Error(`five of six people support either, not ${told}`);

  await desk.locator('[data-shelf="ended"]').click();
  await ended(desk, 1).waitFor();
  await office.look(desk, 'merged-ar-light-1366');
  const anybody = await office.open(`/proposals/${proposals[1]}?language=fr`, { javaScriptEnabled: false });
  await anybody.getByText('La même idée').waitFor();
  await anybody.getByRole('link', { name: solutions[0][0] }).waitFor();
  await office.picture(anybody, 'public-merged-fr-1366');
  await anybody.goto(`${server.url}/proposals/${proposals[0]}?language=ar`);
  await anybody.locator('details.computed summary').click();
  await office.picture(anybody, 'public-score-ar-1366');
  await anybody.setViewportSize(phone);
  await office.picture(anybody, 'public-score-ar-360');

  await ended(desk, 1).getByRole('button', { name: 'فصلهما من جديد' }).click();
  await ended(desk, 1).waitFor({ state: 'detached' });
  const again = await office.get(`/api/proposals/${proposals[1]}`);
  if (again.state !== 'open') throw new Error(`taken apart, it is ${again.state}`);
}

async function dissolve() {
  const desk = await deskOf(organiser, 'المقترحات');
  await card(desk, 3).getByRole('button', { name: 'تفكيك المقترح' }).click();
  await fill(desk, `[data-form="dissolve:${proposals[3]}"] textarea`, ['يدرس وحده', 'À étudier à part']);
  await office.look(desk, 'dissolve-ar-light-1366');
  await desk.locator(`[data-form="dissolve:${proposals[3]}"] .primary`).click();
  await card(desk, 3).waitFor({ state: 'detached' });
  const anybody = await office.open(`/proposals/${proposals[3]}?language=ar`, { viewport: phone });
  await anybody.getByText('يدرس وحده').waitFor();
  await office.look(anybody, 'public-dissolved-ar-360');
}

/** The organiser replies on the desk, an author by their receipt; that is read before it is published. */
async function ask() {
  const author = await Seat.participant(server, workshop);
  const said = await author.say('نشر محاضر اللجان الدائمة قبل انعقاد الدورة');
  const proposal = await act(organiser, 'propose', {
    title: 'محاضر اللجان الدائمة',
    text: 'تنشر محاضر اللجان الدائمة قبل انعقاد الدورة',
    contributions: [said.id],
  });
  await act(organiser, 'route', { proposal, lead: 'mtnra' });
  const reviewer = await office.signIn('reviewer');
  const inbox = await office.open('/review', { cookie: reviewer });
  const asked = inbox.locator(`[data-proposal="${proposal}"]`);
  const form = `[data-form="ask:${proposal}"]`;
  for (const [to, text] of [
    ['organiser', 'هل طُرح هذا المقترح في لقاء آخر؟'],
    ['authors', 'قبل الدورة بكم يوما؟ وهل المقصود كل اللجان؟'],
  ]) {
    await asked.getByRole('button', { name: 'طرح سؤال' }).click();
    await inbox.locator(`${form} input[value=${to}]`).check();
    await inbox.locator(`${form} textarea`).fill(text);
    if (to === 'authors') await office.lookAllOver(inbox, 'ask-ar-light');
    await inbox.locator(`${form} .primary`).click();
    await inbox.locator(form).waitFor({ state: 'detached' });
    await asked.getByText(text).waitFor();
  }
  await inbox.locator('[data-shelf=asked]').click();
  await asked.locator('.mark-asked').waitFor();

  const path = `/receipt/${said.receipt}`;
  const receipt = await office.open(path, { viewport: phone, cookie: author.cookie });
  const field = receipt.locator('.question textarea');
  await receipt.getByRole('button', { name: 'إرسال الجواب' }).click();
  await receipt.locator('.question textarea[aria-invalid=true]').waitFor();
  await field.fill('قبل الدورة بأسبوع، وكل اللجان. أنا فلان من حي السلام');
  await receipt.reload();
  await field.waitFor();
  if (!(await field.inputValue()).includes('بأسبوع')) throw new Error('a reload lost the reply');
  await office.look(receipt, 'receipt-question-ar-light-360');
  await receipt.getByRole('button', { name: 'إرسال الجواب' }).click();
  await receipt.getByText('جوابك محفوظ عند المنظم').waitFor();

  const desk = await deskOf(organiser, 'أسئلة الإدارات');
  await desk.getByText('حي السلام').waitFor();
  await desk.getByRole('button', { name: 'الجواب', exact: true }).click();
  await desk.locator('[data-form^="reply:"] textarea').fill('نعم، في لقاء فاس، بالصيغة نفسها تقريبا');
  await office.lookAllOver(desk, 'questions-ar-light');
  await desk.locator('[data-form^="reply:"] .primary').click();
  await desk.locator('.settled', { hasText: 'لقاء فاس' }).waitFor();
  await desk.getByRole('button', { name: 'عدم نشره' }).click();
  await desk.locator('[data-form^="withhold:"] textarea').fill('احذف من أنت وأين تسكن');
  await desk.locator('[data-form^="withhold:"] .primary').click();
  await desk.locator('[data-form^="withhold:"]').waitFor({ state: 'detached' });

  await receipt.reload();
  await receipt.getByText('احذف من أنت وأين تسكن').waitFor();
  await field.fill('قبل الدورة بأسبوع، وكل اللجان');
  await office.look(receipt, 'receipt-withheld-ar-light-360');
  await receipt.getByRole('button', { name: 'إرسال الجواب' }).click();
  await receipt.getByText('جوابك محفوظ عند المنظم').waitFor();
  const anybody = await office.open(`/proposals/${proposal}?language=fr`, { javaScriptEnabled: false });
  if ((await anybody.content()).includes('بأسبوع')) throw new Error('a reply is public before it is published');
  const shown = await office.open(path, { viewport: phone });
  await shown.getByText('جوابك محفوظ عند المنظم').waitFor();
  if ((await shown.content()).includes('بأسبوع')) throw new Error('another device shows the reply');

  await desk.reload();
  await choose(desk, consultation);
  await tab(desk, 'أسئلة الإدارات');
  await desk.getByRole('button', { name: 'نشر الجواب' }).click();
  await desk.locator('.settled', { hasText: 'بأسبوع' }).waitFor();
  await anybody.reload();
  await anybody.getByText('بأسبوع').waitFor();
  await office.picture(anybody, 'public-question-fr-1366');
  const answered = await office.open('/review', { cookie: reviewer, language: 'fr' });
  await answered.locator('[data-shelf=replied]').click();
  await answered.locator('.mark-replied').waitFor();
  await answered.getByText('لقاء فاس').waitFor();
  await office.lookAllOver(answered, 'replied-fr-light');
  const { questions } = await office.get(`/api/proposals/${proposal}`);
  if (questions.length !== 1) throw new Error('what is asked of the organiser is public');
  await office.record(consultation);
}

/** What nobody says is theirs comes back to be arbitrated; what is of two is shared. */
async function handOn() {
  const [reviewer, helper] = [await office.signIn('reviewer'), await office.signIn('helper')];
  const why = { unit: 'القسم', words: words('ليس من اختصاصنا', 'Hors de notre ressort') };
  for (const proposal of [proposals[1], proposals[2]]) {
    await act(organiser, 'route', { proposal, lead: 'mtnra' });
    await act(reviewer, 'decline', { proposal, owner: 'justice', ...why });
  }
  await act(helper, 'decline', { proposal: proposals[1], owner: 'mtnra', ...why });
  const desk = await deskOf(organiser, 'المقترحات');
  await desk.locator('[data-shelf="arbitrate"][aria-pressed="true"]').waitFor();
  await card(desk, 1).waitFor();
  await office.lookAllOver(desk, 'arbitrate-ar-light');

  const inbox = await office.open('/review', { cookie: helper, language: 'fr' });
  await card(inbox, 2).getByRole('button', { name: 'partager' }).click();
  await fill(inbox, `[data-form="share:${proposals[2]}"] textarea`, ['من اختصاصنا معا', 'Cela relève des deux']);
  await office.lookAllOver(inbox, 'share-fr-light');
  await inbox.locator(`[data-form="share:${proposals[2]}"] .primary`).click();
  await inbox.locator(`[data-form="share:${proposals[2]}"]`).waitFor({ state: 'detached' });
  const shared = await office.get(`/api/proposals/${proposals[2]}`);
  if (shared.lead !== 'justice' || shared.contributing.join() !== 'mtnra') throw new Error('it is not of both');
}

async function judge() {
  await act(organiser, 'route', { proposal: proposals[0], lead: 'mtnra' });
  await act(await office.signIn('reviewer'), 'answer', {
    proposal: proposals[0],
    kind: 'not_feasible',
    words: words('غير ممكن هذه السنة', 'Impossible cette année'),
  });
  const committee = await deskOf(await office.signIn('member'), 'رأي اللجنة');
  await committee.getByText('غير ممكن هذه السنة').waitFor();
  await card(committee, 0).getByRole('button', { name: 'إبداء الرأي' }).click();
  await fill(committee, `[data-form="opinion:${proposals[0]}"] textarea`, ['بل ممكن', 'C’est possible']);
  await office.lookAllOver(committee, 'committee-before-ar-light');
  await committee.locator(`[data-form="opinion:${proposals[0]}"] .primary`).click();
  await card(committee, 0).locator('.opinions').waitFor();
  const shown = await office.get(`/api/proposals/${proposals[0]}`);
  if (shown.opinions || JSON.stringify(shown).includes('غير ممكن')) throw new Error('it is told before it is published');
}

await review.go(
  [prepare, merge, dissolve, ask, handOn, judge],
  'proposals become one and two again, end in public, are asked about and shared, and the committee reads before',
);
