#!/usr/bin/env node
// Proposals that are merged, taken apart, dissolved, handed on and shared, and an answer that the committee reads before
// it is published, each role in a real browser. `proposals.mjs [--pictures DIR]` also takes pictures of each screen.
import { begin, choose, fill, phone, tab, words } from './office.mjs';

const review = await begin(['member', 'reviewer', 'approver', 'helper']);
const { server, office, organiser, consultation, act } = review;
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
  [prepare, merge, dissolve, handOn, judge],
  'proposals become one and two again, end in public, are shared, and the committee reads before',
);
