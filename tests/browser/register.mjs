#!/usr/bin/env node
// The register of administrations as a stranger reads it, its people as an administrator keeps them, and
// what came of the advice on routing as an organiser and the committee read it. `register.mjs [--pictures DIR]` also takes pictures of each screen.
import { begin, choose, laptop, phone, tab, words } from './office.mjs';

const review = await begin(['member', 'reviewer', 'helper']);
const { server, office, organiser, consultation, act } = review;
const solutions = [
  ['نشر المعلومات', 'تنشر الإدارات المعلومات التي بحوزتها دون انتظار طلب، كما يقضي بذلك قانون الحق في الحصول على المعلومات', 4, 3, 5],
  ['النقل بين القرى', 'النقل العمومي بين قرى الجهة ومدنها وفك العزلة عن الدواوير', 4, 3, 5],
  ['الإنارة العمومية', 'الإنارة العمومية منعدمة في أحياء المدينة', 4, 3, 5],
  ['آجال المحاكم', 'نشر آجال البت في الملفات لدى المحاكم', 4, 3, 5],
];
const expected = ['mtnra', 'region-sm', 'commune-agadir', 'justice'];
let proposals;

/** The meeting was in Agadir: what is local is advised to the bodies there. */
async function advise() {
  proposals = await review.solutionsOf(solutions, (people) => people.slice(0, 2));
  for (const [n, proposal] of proposals.entries()) {
    const { suggestions } = await office.get(`/api/proposals/${proposal}/routing`, organiser);
    if (suggestions[0].administration !== expected[n])
      throw new Error(`${solutions[n][0]} was advised to ${suggestions[0].administration}`);
  }
}

/** Two as advised, one sent elsewhere, one declined and accepted by another. */
async function decide() {
  const [reviewer, helper] = [await office.signIn('reviewer'), await office.signIn('helper')];
  await act(organiser, 'route', { proposal: proposals[0], lead: 'mtnra' });
  await act(organiser, 'route', { proposal: proposals[1], lead: 'region-sm' });
  await act(organiser, 'route', { proposal: proposals[2], lead: 'mtnra' });
  await act(organiser, 'route', { proposal: proposals[3], lead: 'mtnra' });
  const why = { unit: 'القسم', words: words('ليس من اختصاصنا', 'Hors de notre ressort') };
  await act(reviewer, 'decline', { proposal: proposals[3], owner: 'justice', ...why });
  await act(helper, 'accept', { proposal: proposals[3] });
}

async function audit() {
  const desk = await office.open('/review', { cookie: organiser });
  await choose(desk, consultation);
  await tab(desk, 'دقة التوجيه');
  await desk.locator('#latest').waitFor();
  const first = await desk.locator('dd').first().innerText();
  if (!/3.*4/s.test(first)) throw new Error(`three of four were advised rightly, not ${first}`);
  await office.lookAllOver(desk, 'advice-ar-light');
  const committee = await office.open('/review', { cookie: await office.signIn('member'), language: 'fr' });
  await choose(committee, consultation);
  await tab(committee, 'Fiabilité du routage');
  await committee.locator('#latest').waitFor();
  await office.look(committee, 'advice-fr-light-1366');
  await committee.getByRole('link', { name: 'CSV' }).waitFor();
}

/** An administrator adds somebody, who finds what is theirs at once; and takes them off again. */
async function people() {
  server.addAccount('steward', 'admin', []);
  const steward = await office.open('/review', { cookie: await office.signIn('steward') });
  await tab(steward, 'الأشخاص');
  await steward.getByText('شخص واحد فقط').first().waitFor();
  await steward.getByRole('button', { name: 'إضافة شخص إلى إدارة' }).click();
  const form = steward.locator('[data-form="member:new"]');
  await form.locator('input[type=email]').fill('nobody@example.org');
  await form.locator('select').selectOption('region-sm');
  await form.locator('.primary').click();
  await form.getByText('لا يوجد حساب بهذا البريد').waitFor();
  if ((await form.locator('input[type=email]').inputValue()) !== 'nobody@example.org') throw new Error('what was typed is gone');
  await office.lookAllOver(steward, 'members-ar-light');
  await form.locator('input[type=email]').fill('helper@example.org');
  await form.locator('.primary').click();
  const council = steward.locator('section.card', { hasText: 'مجلس جهة سوس - ماسة' });
  await council.getByText('helper@example.org').waitFor();
  const helper = await office.signIn('helper');
  const inbox = await office.get('/api/inbox', helper);
  if (!inbox.proposals.some(({ id }) => id === proposals[1])) throw new Error('the new member does not see what is theirs');
  await council.getByRole('button', { name: 'إزالة helper' }).click();
  await council.getByRole('button', { name: 'نعم، إزالة' }).click();
  await council.waitFor({ state: 'detached' });
}

async function read() {
  const anybody = await office.open('/administrations?language=ar', { viewport: phone });
  await anybody.locator('summary', { hasText: 'سوس - ماسة' }).click();
  await office.look(anybody, 'register-ar-360');
  await anybody.getByRole('link', { name: 'مجلس جهة سوس - ماسة' }).last().click();
  await anybody.getByRole('heading', { level: 1, name: 'مجلس جهة سوس - ماسة' }).waitFor();
  await anybody.getByRole('link', { name: solutions[1][0] }).waitFor();
  await office.look(anybody, 'administration-ar-360');

  const french = await office.open(`/proposals/${proposals[0]}?language=fr`, { language: 'fr' });
  await french.getByRole('link', { name: /Transition numérique/ }).first().click();
  await french.getByRole('heading', { level: 1, name: /Transition numérique/ }).waitFor();
  await office.look(french, 'administration-fr-1366');
  await french.emulateMedia({ colorScheme: 'dark' });
  await office.look(french, 'administration-fr-dark-1366');
  await french.goto(`${server.url}/administrations?language=fr`);
  await office.look(french, 'register-fr-dark-1366');
  await french.emulateMedia({ colorScheme: 'light' });
  await french.setViewportSize(laptop);
  await office.look(french, 'register-fr-1366');
}

await review.go(
  [advise, decide, audit, people, read],
  'local matters are advised to the bodies of their region, the register is read, its people changed, and the advice audited',
);
