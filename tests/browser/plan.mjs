#!/usr/bin/env node
// The plan's grid from its publication to the ranking that follows from it, and the committee's lists from silence and
// votes to what is confirmed against them, each role in a real browser. `plan.mjs [--pictures DIR]` also takes
// pictures of each screen.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server } from '../support/server.mjs';
import { preload } from '../trials/disk.mjs';
import { begin, choose, fill, laptop, phone, tab, words } from './office.mjs';

const dayMs = 86_400_000;
const server = new Server();
const clock = join(server.folder, 'clock');
writeFileSync(clock, Buffer.alloc(4_096));
/** The server's wall clock, so far ahead of the real one: in place, for the server has the same page of memory. */
function shift(ms) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(ms));
  writeFileSync(clock, bytes, { flag: 'r+' });
}
const review = await begin(['member', 'second', 'reviewer', 'approver', 'helper'], {
  server,
  wrapper: ['env', `LD_PRELOAD=${preload('warsha_shifted_clock')}`, `WARSHA_SHIFTED_CLOCK=${clock}`],
});
const { office, consultation, act } = review;
let { organiser } = review;

const solutions = [
  ['نشر محاضر دورات المجلس', 'تنشر محاضر دورات المجلس الجماعي على موقع الجماعة في أجل خمسة عشر يوما بعد كل دورة', 5, 4, 5],
  ['بث الدورات مباشرة', 'تبث دورات المجلس مباشرة على الإنترنت مع ترجمة إلى لغة الإشارة', 3, 2, 4],
  ['ميزانية مبسطة للمواطنين', 'تنشر الجماعة كل سنة ملخصا مبسطا للميزانية بالأرقام والرسوم', 4, 5, 3],
];
const proposals = [];

async function prepare() {
  proposals.push(...(await review.solutionsOf(solutions, (people, n) => people.slice(0, 5 - 2 * n))));
  for (const proposal of proposals) await act(organiser, 'route', { proposal, lead: 'mtnra', contributing: ['justice'] });
}

/** Sent again on screen, a proposal keeps who contributes, and another one is added. */
async function routing() {
  const organising = await office.open('/review', { cookie: organiser });
  await choose(organising, consultation);
  await tab(organising, 'المقترحات');
  await organising.locator('[data-shelf=away]').click();
  const card = organising.locator('li.proposal', { hasText: solutions[2][0] });
  await card.locator('.contributing', { hasText: 'وزارة العدل' }).waitFor();
  await card.locator('.row .button').first().click();
  const form = card.locator('form');
  await form.locator('fieldset').first().waitFor();
  await form.locator('.administration select').first().selectOption('mtnra');
  const kept = form.locator('details .choice', { hasText: 'وزارة العدل' }).locator('input');
  if (!(await kept.isChecked())) throw new Error('who contributes is not kept');
  await form.locator('details .administration select').selectOption('interior');
  await form.locator('details .add .button').click();
  await office.look(organising, 'routing-contributing-ar-light-1366');
  await organising.setViewportSize(phone);
  await office.look(organising, 'routing-contributing-ar-light-360');
  await organising.setViewportSize(laptop);
  await form.locator('.primary').click();
  await card.locator('.contributing bdi').nth(1).waitFor();
  const { contributing } = await office.get(`/api/proposals/${proposals[2]}`);
  if (contributing.sort().join() !== 'interior,justice') throw new Error(`${contributing} contribute`);
  await organising.context().close();
}

async function grid() {
  const organising = await office.open('/review', { cookie: organiser });
  await choose(organising, consultation);
  await tab(organising, 'شبكة التنقيط');
  await organising.getByText('لم تُنشر أي شبكة بعد').waitFor();
  await office.look(organising, 'grid-none-ar-light-1366');
  await organising.locator('.current .primary').click();
  const weigh = (name, weight) => organising.locator('.weight', { hasText: name }).locator('input').fill(String(weight));
  await weigh('اتساعها', 0);
  await weigh('الحاجة', 30);
  await organising.locator('.sum', { hasText: 'زائد بـ10' }).waitFor();
  if (await organising.locator('form.card .primary').isEnabled()) throw new Error('110 can be published');
  await weigh('الصلة', 10);
  await organising.locator('.sum.full').waitFor();
  await organising.locator('form.card table').waitFor();
  await office.look(organising, 'grid-editor-ar-light-1366');
  await organising.setViewportSize(phone);
  await office.look(organising, 'grid-editor-ar-light-360');
  await organising.setViewportSize(laptop);
  await organising.locator('form.card .primary').click();
  await organising.locator('.versions li').first().waitFor();
  await office.look(organising, 'grid-published-ar-light-1366');

  // The administration's people rate by it, and so do those of another one that contributes.
  const rating = await office.open('/review', { cookie: await office.signIn('reviewer'), viewport: phone });
  const first = rating.locator('li.card', { hasText: solutions[0][0] }).first();
  await first.locator('.rating summary').click();
  await first.locator('.rating .button').click();
  await first.locator('.rating .error-text').waitFor();
  await first.locator('.rating .value', { hasText: '4' }).click();
  await office.look(rating, 'rating-ar-light-360');
  await first.locator('.rating .button').click();
  await first.locator('.saved').waitFor();
  const helping = await office.open('/review', { cookie: await office.signIn('helper'), language: 'fr', colorScheme: 'dark' });
  const theirs = helping.locator('li.card', { hasText: solutions[0][0] });
  await theirs.locator('.rating summary').focus();
  await helping.keyboard.press('Enter');
  await theirs.locator('.rating input').first().focus();
  await helping.keyboard.press('Space');
  await office.look(helping, 'rating-contributed-fr-dark-1366');
  await theirs.locator('.rating .button').click();
  await theirs.locator('.saved').waitFor();

  // It changes with a reason only, and the ranks that would move are seen before.
  await organising.reload();
  await choose(organising, consultation);
  await tab(organising, 'شبكة التنقيط');
  await organising.locator('.current .primary').click();
  await weigh('الدقة', 40);
  await weigh('المساندة', 5);
  await organising.locator('.sum.full').waitFor();
  await organising.locator('tr.moved').first().waitFor();
  await organising.locator('form.card .primary').click();
  await organising.locator('form.card .error-text').waitFor();
  await fill(organising, 'form.card textarea', ['طلبت اللجنة وزنا أكبر للدقة', 'Le comité a demandé plus de poids à la précision']);
  await office.look(organising, 'grid-change-ar-light-1366');
  await organising.locator('form.card .primary').click();
  await organising.waitForFunction(() => document.querySelectorAll('.versions > li').length === 2);
  await office.look(organising, 'grid-versions-ar-light-1366');
}

async function answerAll() {
  const reviewer = await office.signIn('reviewer');
  const approver = await office.signIn('approver');
  for (const proposal of proposals) {
    await act(reviewer, 'answer', { proposal, kind: 'taken', words: words('سننجزه', 'Nous le ferons') });
    await act(approver, 'approve', { proposal });
  }
}

async function lists() {
  const organising = await office.open('/review', { cookie: organiser, viewport: phone });
  await choose(organising, consultation);
  await tab(organising, 'لوائح اللجنة');
  await organising.getByText('لم تُعرض أي لائحة').waitFor();
  await office.look(organising, 'lists-none-ar-light-360');
  await organising.locator('.submit .button').click();
  await organising.locator('form[data-form] .choice', { hasText: solutions[2][0] }).locator('input').uncheck();
  await fill(organising, 'form[data-form] fieldset input.input', ['الدفعة الأولى', 'Premier lot']);
  await fill(organising, 'form[data-form] fieldset textarea', ['مقترحات أخذت بها الوزارة', 'Propositions reprises par le ministère']);
  await office.look(organising, 'list-form-ar-light-360');
  await organising.locator('form[data-form] .primary').click();
  await organising.locator('li.list.open').waitFor();
  await organising.setViewportSize(laptop);
  await organising.locator('.submit .button').click();
  await fill(organising, 'form[data-form] fieldset input.input', ['الميزانية المبسطة', 'Le budget simplifié']);
  await fill(organising, 'form[data-form] fieldset textarea', ['تصويت على مقترح واحد', 'Vote sur une proposition']);
  await organising.locator('form[data-form] input[value=vote]').check();
  await organising.locator('form[data-form] input[type=number]').fill('2');
  await office.look(organising, 'list-form-vote-ar-light-1366');
  await organising.locator('form[data-form] .primary').click();
  await organising.waitForFunction(() => document.querySelectorAll('li.list').length === 2);

  // Members speak: one on a phone, one in French in the dark.
  const speaking = await office.open('/review', { cookie: await office.signIn('member'), viewport: phone });
  await choose(speaking, consultation);
  await speaking.locator('.tabs .count', { hasText: '2' }).waitFor();
  await tab(speaking, 'لوائح اللجنة');
  await speaking.locator('.item', { hasText: solutions[1][0] }).locator('.row .button').first().click();
  await speaking.locator('.item form .primary').click();
  await speaking.locator('.item .error-text').waitFor();
  await fill(speaking, '.item form textarea', ['كلفة البث لم تُقدَّر', 'Le coût de la diffusion n’est pas évalué']);
  await office.look(speaking, 'list-objecting-ar-light-360');
  await speaking.locator('.item form .primary').click();
  await speaking.locator('.item.out').waitFor();
  const ballot = speaking.locator('li.list', { hasText: 'الميزانية المبسطة' });
  await ballot.locator('.button.primary').click();
  await ballot.locator('input[value=reject]').check();
  await ballot.locator('form[data-form] .primary').click();
  await ballot.locator('.error-text').waitFor();
  await fill(speaking, 'li.list form textarea', ['لا مؤشر واضح', 'Pas d’indicateur clair']);
  await ballot.locator('form[data-form] .primary').click();
  await ballot.getByText('صوتكم: أعارض').waitFor();
  await office.look(speaking, 'lists-spoken-ar-light-360');
  const other = await office.open('/review', { cookie: await office.signIn('second'), language: 'fr', colorScheme: 'dark' });
  await choose(other, consultation);
  await tab(other, 'Listes du comité');
  const voting = other.locator('li.list', { hasText: 'Le budget simplifié' });
  await voting.locator('.button.primary').click();
  await office.look(other, 'list-voting-fr-dark-1366');
  await voting.locator('form[data-form] .primary').click();
  await voting.getByText('Votre vote : Pour').waitFor();
}

const commitment = (listed) => ({
  proposals: listed,
  title: words('جماعة منفتحة', 'Une commune ouverte'),
  problem: words('لا يطلع السكان على القرارات', 'Les habitants ne voient pas les décisions'),
  description: words('نشر وبث وتبسيط', 'Publier, diffuser, simplifier'),
  openness: words('الشفافية', 'La transparence'),
  indicator: words('نسبة المنشور', 'La part publiée'),
  activities: [{ title: words('النشر', 'Publier'), starts: '2099-01-01', ends: '2099-12-31' }],
});

async function results() {
  await act(await office.signIn('reviewer'), 'commit', commitment(proposals));
  const waiting = await office.open('/review', { cookie: organiser });
  await choose(waiting, consultation);
  await tab(waiting, 'الالتزامات');
  await waiting.locator('li.commitment .note').waitFor();
  if ((await waiting.locator('li.commitment .primary').count()) !== 0)
    throw new Error('what is before the committee is offered to be confirmed');
  shift(20 * dayMs);
  organiser = await office.signIn('steering');
  const confirming = await office.open('/review', { cookie: organiser });
  await choose(confirming, consultation);
  await tab(confirming, 'الالتزامات');
  await confirming.locator('li.commitment .primary').click();
  await confirming.locator('li.commitment .error-text').waitFor();
  await fill(confirming, 'li.commitment textarea', ['تعهدت الوزارة بتقدير الكلفة أولا', 'Le ministère évaluera d’abord le coût']);
  await office.look(confirming, 'commitment-against-committee-ar-light-1366');
  await confirming.locator('li.commitment .primary').click();
  await confirming.getByText('أُكد دون مصادقة اللجنة').waitFor();
  await tab(confirming, 'لوائح اللجنة');
  await confirming.locator('li.overruling').first().waitFor();
  await office.look(confirming, 'lists-results-ar-light-1366');

  // What everybody reads.
  const about = `/consultations/${consultation}`;
  const anybody = await office.open(`${about}/committee?language=ar`, { viewport: phone });
  await anybody.getByText('كلفة البث لم تُقدَّر').waitFor();
  await office.look(anybody, 'public-committee-ar-light-360');
  await anybody.setViewportSize(laptop);
  await office.look(anybody, 'public-committee-ar-light-1366');
  await anybody.goto(`${server.url}${about}/scores?language=ar`);
  await anybody.locator('details.computed summary').click();
  await office.look(anybody, 'public-scores-ar-light-1366');
  await anybody.setViewportSize(phone);
  await office.look(anybody, 'public-scores-ar-light-360');
  await anybody.goto(`${server.url}/proposals/${proposals[1]}?language=ar`);
  await anybody.locator('details.computed summary').click();
  await office.look(anybody, 'public-proposal-ar-light-360');
  await anybody.setViewportSize(laptop);
  await office.look(anybody, 'public-proposal-ar-light-1366');
  const json = await office.record(consultation);
  const [voted, silent] = json.lists;
  if (silent.result !== 'approved_in_part' || voted.result !== 'rejected')
    throw new Error(`the lists came to ${silent.result} and ${voted.result}`);
  if (json.overrulings.length !== 2 || json.grids.length !== 2) throw new Error('the record lacks something');
}

await review.go(
  [prepare, routing, grid, answerAll, lists, results],
  'a grid is published, used and changed; the committee approves by silence and by vote',
);
