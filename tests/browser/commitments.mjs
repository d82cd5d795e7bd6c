#!/usr/bin/env node
// From a taken proposal to a promise and its progress, an author's objection and the committee's opinion, each role
// in a real browser. `commitments.mjs [--pictures DIR]` also takes pictures of each screen.
import { request } from '../trials/http.mjs';
import { begin, choose as chooseOne, fill, laptop, phone, tab, words } from './office.mjs';
import { Seat } from './room.mjs';

const review = await begin(['colleague', 'member', 'reviewer', 'approver']);
const { server, workshop, office, organiser, consultation, act } = review;
const { where } = office;
const open = (path, how) => office.open(path, how);
const look = (opened, name) => office.look(opened, name);
const signIn = (name) => office.signIn(name);
const choose = (opened) => chooseOne(opened, consultation);

async function everything() {
  // --- What was said, and what was decided of it -------------------------------------------------------------
  const staff = await Seat.staff(server, workshop);
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const author = await Seat.participant(server, workshop);
  const taken = await author.say('نشر محاضر دورات المجلس الجماعي على موقع الجماعة');
  const also = await author.say('بث دورات المجلس مباشرة على الإنترنت');
  const refused = await author.say('نشر ميزانية الجماعة مبسطة للعموم');
  const proposal = await act(organiser, 'propose', {
    title: 'نشر محاضر دورات المجلس',
    text: 'تنشر محاضر دورات المجلس في أجل خمسة عشر يوما بعد كل دورة',
    contributions: [taken.id],
  });
  await act(organiser, 'join', { proposal, contributions: [also.id] });
  await act(organiser, 'refuse', {
    contribution: refused.id,
    reason: 'out_of_scope',
    words: words('تبسيط الميزانية من اختصاص جهة أخرى', 'La simplification du budget relève d’une autre démarche'),
  });
  await act(organiser, 'route', { proposal, lead: 'mtnra' });
  const reviewer = await signIn('reviewer');
  await act(reviewer, 'answer', {
    proposal,
    kind: 'taken',
    words: words('سننشر المحاضر ابتداء من السنة المقبلة', 'Nous publierons les procès-verbaux dès l’an prochain'),
  });
  await act(await signIn('approver'), 'approve', { proposal });
  const { json: docket } = await request(where, 'GET', `/api/consultations/${consultation}/review`, { cookie: organiser });
  if (docket.proposals.length !== 1) throw new Error('the proposal is not on the docket');

  // --- The author objects, on their own device only -----------------------------------------------------------
  const path = `/receipt/${refused.receipt}`;
  const stranger = await open(path, { viewport: phone });
  await stranger.locator('#after').waitFor();
  if ((await stranger.locator('main summary').count()) !== 0) throw new Error('a stranger is offered to object');
  const objecting = await open(path, { viewport: phone, cookie: author.cookie });
  await objecting.locator('main summary').focus();
  await objecting.keyboard.press('Enter');
  await objecting.locator('form.contest button').click();
  await objecting.locator('#objection[aria-invalid=true]').waitFor();
  await objecting.fill('#objection', 'الميزانية المفتوحة من صلب الحكومة المنفتحة');
  await look(objecting, 'receipt-objecting-ar-light-360');
  await objecting.locator('form.contest button').click();
  await objecting.locator('.contestation').waitFor();
  if ((await objecting.locator('form.contest').count()) !== 0) throw new Error('a second objection is offered');

  // --- Somebody else decides --------------------------------------------------------------------------------------
  const decider = await open('/review', { cookie: await signIn('colleague') });
  await choose(decider);
  await tab(decider, 'الاعتراضات');
  await look(decider, 'objections-ar-light-1366');
  await decider.locator('li.card > .button').click();
  await decider.locator('li.card input[type=radio]').first().check();
  await fill(decider, 'li.card textarea', ['الميزانية المفتوحة ضمن المجال', 'Le budget ouvert entre bien dans le champ']);
  await look(decider, 'objection-settling-ar-light-1366');
  await decider.locator('li.card form .primary').click();
  await decider.locator('li.card.upheld').waitFor();
  const told = await open(path, { viewport: phone, cookie: author.cookie, language: 'fr', colorScheme: 'dark' });
  await told.getByText('Le budget ouvert entre bien dans le champ').waitFor();
  await look(told, 'receipt-upheld-fr-dark-360');

  // --- The committee says what it thinks ------------------------------------------------------------------------------
  const member = await open('/review', { cookie: await signIn('member') });
  await choose(member);
  await tab(member, 'رأي اللجنة');
  await member.locator('li.proposal .button', { hasText: 'إبداء الرأي' }).click();
  await member.locator('input[name^=stance]').nth(1).check();
  await fill(member, 'form textarea', ['الأجل طويل', 'Le délai est long']);
  await look(member, 'committee-ar-light-1366');
  await member.locator('form .primary').click();
  await member.locator('.opinions').waitFor();

  // --- The administration promises --------------------------------------------------------------------------------------
  const promising = await open('/review', { cookie: reviewer });
  await tab(promising, 'التزاماتنا');
  await promising.locator('.invitation .primary').click();
  const both = (ar, fr) => [ar, fr];
  const lines = '[data-form] fieldset input.input';
  await fill(promising, lines, [
    ...both('نشر محاضر المجالس', 'Publier les procès-verbaux des conseils'),
    ...both('إعداد المنصة', 'Préparer la plateforme'),
  ]);
  await fill(promising, '[data-form] textarea', [
    ...both('لا يطلع المواطنون على ما يقرره المجلس', 'Les habitants ne voient pas ce que décide le conseil'),
    ...both('منصة تنشر فيها المحاضر في أجل خمسة عشر يوما', 'Une plateforme publie les procès-verbaux sous quinze jours'),
    ...both('يعزز الشفافية والمساءلة', 'Renforce la transparence et la redevabilité'),
    ...both('نسبة المحاضر المنشورة في الأجل', 'Part des procès-verbaux publiés dans le délai'),
  ]);
  await fill(promising, '[data-form] input[type=date]', ['2020-01-01', '2020-06-30']);
  await promising.locator('[data-form] .add').click();
  await fill(promising, '[data-form] .activity >> nth=1 >> fieldset input.input', both('النشر', 'Publier'));
  await promising.locator('[data-form] input[type=date]').nth(2).fill('2099-01-01');
  await promising.locator('[data-form] input[type=date]').nth(3).fill('2099-12-31');
  await look(promising, 'commitment-form-ar-light-1366');
  await promising.setViewportSize(phone);
  await look(promising, 'commitment-form-ar-light-360');
  await promising.setViewportSize(laptop);
  await promising.locator('[data-form] .primary').click();
  await promising.locator('li.commitment').waitFor();

  // --- An organiser confirms ------------------------------------------------------------------------------------------------
  const steering = await open('/review', { cookie: organiser, language: 'fr' });
  await choose(steering);
  await tab(steering, 'Engagements');
  await look(steering, 'commitments-to-confirm-fr-light-1366');
  await steering.locator('li.commitment .primary').click();
  await steering.getByText('Publié le').waitFor();

  // --- The administration tells its progress, and everybody reads it ------------------------------------------------------
  const telling = await open('/review', { cookie: reviewer, colorScheme: 'dark' });
  await tab(telling, 'التزاماتنا');
  await telling.locator('li.commitment > .button').click();
  await fill(telling, 'li.commitment textarea', ['بدأ إعداد المنصة', 'La plateforme est en chantier']);
  await look(telling, 'progress-form-ar-dark-1366');
  await telling.locator('li.commitment form .primary').click();
  await telling.locator('.report').waitFor();
  await telling.setViewportSize(phone);
  await look(telling, 'inbox-ar-dark-360');
  const { json: shown } = await request(where, 'GET', '/api/commitments?status=late&administration=mtnra', {});
  if (shown.total !== 1 || shown.commitments[0].activities[0].progress.length !== 1)
    throw new Error('the public does not see the promise and its progress');
  const anybody = await open(`/proposals/${proposal}`, { viewport: phone });
  await look(anybody, 'proposal-ar-light-360');
  await anybody.locator('section.card[aria-labelledby=commitment] a').click();
  await anybody.locator('.activities .report').waitFor();
  await look(anybody, 'commitment-ar-light-360');
  await anybody.setViewportSize(laptop);
  await anybody.locator('.languages a[lang=fr]').click();
  await anybody.getByText('La plateforme est en chantier').waitFor();
  await look(anybody, 'commitment-fr-light-1366');
}

/** The same answer for two proposals, each with a line of its own; published together by a second person. */
async function together() {
  const staff = await Seat.staff(server, workshop);
  for (const text of ['نشر جدول أعمال الدورات', 'نشر قرارات المكتب']) {
    const said = await staff.perform({ action: 'contribute', kind: 'solution', text });
    const proposal = await act(organiser, 'propose', { title: text, text, contributions: [said] });
    await act(organiser, 'route', { proposal, lead: 'mtnra' });
  }
  const writing = await open('/review', { cookie: await signIn('reviewer'), viewport: phone });
  await writing.locator('.assign select').first().selectOption({ label: 'reviewer (أنتم)' });
  await writing.locator('[data-shelf=mine] b', { hasText: '1' }).waitFor();
  await writing.locator('li.card button.primary').first().click();
  await writing.locator('li.card form details summary').click();
  await writing.locator('li.card form details input[type=checkbox]').check();
  await fill(writing, 'li.card form textarea', [
    ...['سننشرها خلال سنة', 'Nous publierons dans l’année'],
    ...['القرارات غير السرية', 'Les décisions non confidentielles'],
  ]);
  await look(writing, 'answers-alike-ar-light-360');
  await writing.locator('li.card form button[type=submit]').click();
  await writing.waitForFunction(() => document.querySelectorAll('li.card.answer_proposed').length === 2);
  const publishing = await open('/review', { cookie: await signIn('approver'), language: 'fr', colorScheme: 'dark' });
  await publishing.locator('li.card').first().waitFor();
  await publishing.locator('li.card .choice input').first().check(); // the other one goes with it
  await look(publishing, 'answers-together-fr-dark-1366');
  await publishing.locator('.together button').click();
  await publishing.locator('section .card', { hasText: 'Rien n’attend de réponse' }).waitFor();
  const { json } = await request(where, 'GET', '/api/proposals?state=answered', {});
  const answers = json.proposals.map(({ answer }) => answer.words.fr);
  if (answers.filter((text) => text.startsWith('Nous publierons dans l’année')).length !== 2)
    throw new Error('the two answers are not public');
  if (!answers.some((text) => text.endsWith('\nLes décisions non confidentielles')))
    throw new Error('the line of its own is missing');
}

await review.go(
  [everything, together],
  'a taken proposal becomes a promise; an author objects; the committee speaks',
);
