#!/usr/bin/env node
// A plan above two consultations: proposals that say the same are merged within one and linked over both, by their
// organisers in a real browser, and anybody reads it without JavaScript. `national-plan.mjs [--pictures DIR]` also takes
// pictures of each screen.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { warsha } from '../support/server.mjs';
import { begin, choose, fill, tab } from './office.mjs';
import { boardStaff, Seat } from './room.mjs';

const review = await begin(['reviewer', 'approver']);
const { server, office, organiser, consultation, act } = review;
const database = ['--database', server.database];
const run = (...options) => execFileSync(warsha, [...options, ...database], { encoding: 'utf8' }).trim();

const here = [
  ['نشر محاضر دورات المجلس', 'تنشر محاضر دورات المجلس الجماعي على موقع الجماعة في أجل خمسة عشر يوما', 4, 3, 5],
  ['نشر محاضر المجلس في الموقع', 'نشر محاضر دورات المجلس الجماعي في موقع الجماعة خلال خمسة عشر يوما', 4, 3, 5],
  ['ميزانية مبسطة للمواطنين', 'تنشر الجماعة كل سنة ملخصا مبسطا للميزانية بالأرقام والرسوم', 4, 3, 5],
];
const there = [
  ['محاضر الدورات للعموم', 'نشر محاضر دورات المجلس الجماعي على موقع الجماعة بعد خمسة عشر يوما'],
  ['ميزانية مبسطة', 'تنشر الجماعة كل سنة ملخصا مبسطا للميزانية بالأرقام'],
];
let ours, theirs, far, plan, farOrganiser;

/** Another consultation, in another region, with what was proposed there. */
async function holdAnother() {
  const file = join(server.folder, 'fes.json');
  const boards = JSON.parse(readFileSync(join(server.folder, 'boards.json'), 'utf8'));
  writeFileSync(file, JSON.stringify({ ...boards, title: 'لقاء فاس', city: 'فاس', region: 'فاس - مكناس' }));
  const made = JSON.parse(run('import', file, '--json'));
  far = made.consultation;
  for (const email of boardStaff) run('admin', 'account', 'grant', '--email', email, '--role', 'facilitator', '--all');
  server.addAccount('fes', 'organiser', ['--consultation', far]);
  farOrganiser = await office.signIn('fes');
  const [workshop] = made.workshops;
  const staff = await Seat.staff(server, workshop);
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const people = [await Seat.participant(server, workshop), await Seat.participant(server, workshop)];
  theirs = [];
  for (const [title, text] of there) {
    const said = await staff.perform({ action: 'contribute', kind: 'solution', text });
    for (const one of people) await one.perform({ action: 'support', contribution: said, on: true });
    theirs.push(await office.act(farOrganiser, far, 'propose', { title, text, contributions: [said] }));
  }
}

async function prepare() {
  ours = await review.solutionsOf(here, (people, n) => people.slice(n, n + 4));
  await holdAnother();
  plan = run(
    ...['admin', 'plan', 'add', '--title-ar', 'خطة العمل الوطنية للحكومة المنفتحة'],
    ...['--title-fr', 'Plan d’action national pour un gouvernement ouvert', '--years', '2027-2030'],
    ...['--axis-ar', 'الحق في الحصول على المعلومات', '--axis-fr', 'Accès à l’information'],
    ...['--axis-ar', 'المشاركة المواطنة', '--axis-fr', 'Participation citoyenne'],
  );
  run('admin', 'plan', 'attach', '--plan', plan, '--consultation', consultation, '--consultation', far);
}

async function mergingOf(cookie, id) {
  const desk = await office.open('/review', { cookie });
  await choose(desk, id);
  await tab(desk, 'الجمع');
  return desk;
}
const shelf = (desk, id) => desk.locator(`[data-shelf="${id}"]`).click();

/** Refused once and offered again, then merged by the form that there is. */
async function merge() {
  const desk = await mergingOf(organiser, consultation);
  await shelf(desk, 'twins');
  const card = desk.locator('main li.card', { hasText: here[1][0] }).first();
  await card.locator('mark').first().waitFor();
  await office.lookAllOver(desk, 'twins-ar-light');
  await card.getByRole('button', { name: 'ليسا الشيء نفسه' }).click();
  const apart = desk.locator('summary', { hasText: 'قيل إنها ليست الشيء نفسه' });
  await apart.click();
  await desk.reload();
  await choose(desk, consultation);
  await shelf(desk, 'twins');
  await desk.getByText('لا مقترحين متشابهين ينتظران الرد.').waitFor();
  await apart.click();
  await office.look(desk, 'told-apart-ar-light-1366');
  await desk.getByRole('button', { name: 'اقتراحهما من جديد' }).click();
  await card.getByRole('button', { name: 'ضم هذا إلى الآخر' }).last().click();
  const form = desk.locator('[data-form^="merge:"]');
  if (!(await form.locator('input[type=radio]').isChecked())) throw new Error('the one that goes on is not chosen');
  await fill(desk, '[data-form^="merge:"] textarea', ['الفكرة نفسها', 'La même idée']);
  await office.lookAllOver(desk, 'twins-merge-ar-light');
  await form.locator('.primary').click();
  await form.waitFor({ state: 'detached' });
  const open = (await office.get(`/api/proposals?consultation=${consultation}`)).total;
  if (open !== here.length - 1) throw new Error(`${open} proposals stand`);
}

async function link() {
  const desk = await mergingOf(organiser, consultation);
  await shelf(desk, 'elsewhere');
  const card = desk.locator('main li.card', { hasText: there[0][0] }).first();
  await card.getByText('فاس', { exact: true }).waitFor();
  await office.lookAllOver(desk, 'elsewhere-ar-light');
  await card.getByRole('button', { name: 'الشيء نفسه: ربط علني' }).click();
  await card.getByText('مرتبطة').waitFor();
  await desk.locator('main li.card', { hasText: there[1][0] }).getByRole('button', { name: 'ليسا الشيء نفسه' }).click();
  await desk.locator('main li.card', { hasText: there[1][0] }).first().waitFor({ state: 'hidden' });
  await office.look(desk, 'linked-ar-light-1366');
}

async function read() {
  const anybody = await office.open(`/plans/${plan}?language=ar`);
  await anybody.getByText('مقترحان · جهتان').waitFor();
  await office.lookAllOver(anybody, 'plan-ar-light');
  await anybody.goto(`${server.url}/plans/${plan}?language=fr`);
  await office.lookAllOver(anybody, 'plan-fr-light');
  await anybody.goto(`${server.url}/proposals/${theirs[0]}?language=fr`);
  await anybody.locator('#links').waitFor();
  await office.lookAllOver(anybody, 'linked-proposal-fr-light');

  const plain = await office.open('/consultations?language=ar', { javaScriptEnabled: false });
  await plain.getByRole('link', { name: 'خطة العمل الوطنية للحكومة المنفتحة' }).click();
  await plain.locator('input[name="q"]').fill('محاضر');
  await plain.locator('.filter button').click();
  await plain.locator('.cards').waitFor();
  const found = await plain.locator('.cards > li').count();
  if (found !== 2) throw new Error(`${found} proposals of the plan speak of minutes`);
  await office.record(consultation);
  await office.record(far);
  const sheet = await office.get(`/api/plans/${plan}`);
  const received = sheet.consultations.map(({ balance }) => balance.received).reduce((sum, one) => sum + one, 0);
  if (sheet.balance.received !== received || received !== here.length + there.length)
    throw new Error(`${sheet.balance.received} of ${received} are in the plan's balance`);
}

/** The other side says that it is something else, and the link is gone from both. */
async function part() {
  const desk = await mergingOf(farOrganiser, far);
  await shelf(desk, 'elsewhere');
  const card = desk.locator('main li.card', { hasText: 'مرتبطة' });
  await card.getByText('ربطها منظمو اللقاء الآخر').waitFor();
  await card.getByRole('button', { name: 'ليسا الشيء نفسه' }).click();
  await card.waitFor({ state: 'detached' });
  const { links } = await office.get(`/api/proposals/${theirs[0]}`);
  if (links.length > 0) throw new Error('it is still linked');
  server.verify();
}

await review.go(
  [prepare, merge, link, read, part],
  'proposals of one consultation are merged and those of two linked, the plan is public and its balance closes',
);
