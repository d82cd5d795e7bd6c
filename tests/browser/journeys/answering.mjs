// What was said, on its way to a public answer.
import { uuidv7 } from '../../trials/random.mjs';
import { check, context, enter, facilitate, joinRoom, journey, page, phone, server, signedIn, workshops, write } from '../setting.mjs';

/** What anybody learns by a receipt, and of which consultation its workshop is. */
async function told(receipt, workshop) {
  const { id } = await (await fetch(`${server.url}/api/receipts/${receipt}`)).json();
  const organiser = await signedIn('organiser', '/review');
  const { consultations } = await organiser.evaluate(() => fetch('/api/workshops').then((answer) => answer.json()));
  const { id: consultation } = consultations.find(({ workshops }) => workshops.some((one) => one.id === workshop.id));
  return { id, consultation };
}

/** An act of the review by whoever is signed in; their hands are tried in tangier.mjs. Gives its id. */
async function act(opened, consultation, action, members) {
  const id = uuidv7();
  const answer = await opened.evaluate(
    async ([path, body]) => {
      const headers = { 'Content-Type': 'application/json' };
      const { status } = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
      return status;
    },
    [`/api/consultations/${consultation}/review`, { id, action, ...members }],
  );
  check(answer === 200, `${action} was answered with ${answer}`);
  return id;
}

await journey('a solution goes from a phone to a public answer', async () => {
  const workshop = workshops[1];
  const staff = await facilitate(workshop);
  await enter(staff, 'solutions');
  const participant = await joinRoom(await context(phone), workshop);
  await write(participant, 'نشر محاضر دورات المجلس على موقعه');
  await participant.click('#tab-mine');
  const receipt = await participant.locator('code').first().textContent();
  const { id, consultation } = await told(receipt, workshop);
  const organiser = await signedIn('organiser', '/review');
  const proposal = await act(organiser, consultation, 'propose', {
    title: 'محاضر دورات المجلس',
    text: 'نشر محاضر دورات المجلس على موقعه',
    contributions: [id],
  });
  await act(organiser, consultation, 'route', { proposal, lead: 'mtnra' });
  const reviewer = await signedIn('reviewer', '/review');
  const later = { ar: 'ستنشر المحاضر', fr: 'Les procès-verbaux seront publiés' };
  await reviewer.locator('li.card .mark-new').waitFor();
  await act(reviewer, consultation, 'answer', { proposal, kind: 'taken', words: later });
  // What was sent back is known from what was never begun, and found by whom it is assigned to and by words.
  await act(await signedIn('approver', '/review'), consultation, 'reject_answer', { proposal, text: 'متى بالضبط؟' });
  await reviewer.reload();
  await reviewer.click('[data-shelf=returned]');
  const returned = reviewer.locator('li.card', { has: reviewer.locator('.mark-returned') });
  await returned.getByText('متى بالضبط؟').waitFor();
  check((await reviewer.locator('[data-shelf=new] b').textContent()) === '0', 'what was answered once is new');
  await reviewer.fill('.narrow input[type=search]', 'محاضر');
  await returned.waitFor();
  await reviewer.selectOption('.narrow select >> nth=-1', { label: 'approver' });
  await reviewer.getByText('لا مقترح يطابق بحثكم').waitFor();
  await reviewer.locator('.empty button').click();
  await returned.waitFor();
  await act(reviewer, consultation, 'answer', {
    proposal,
    kind: 'taken',
    words: { ar: 'ستنشر المحاضر ابتداء من السنة المقبلة', fr: 'Les procès-verbaux seront publiés l’an prochain' },
  });
  const approver = await signedIn('approver', '/review');
  await approver.getByText('ستنشر المحاضر ابتداء من السنة المقبلة').waitFor();
  await act(approver, consultation, 'approve', { proposal });
  const anybody = await page(await context(phone));
  await anybody.goto(`${server.url}/receipt/${receipt}`);
  await anybody.getByText('ستنشر المحاضر ابتداء من السنة المقبلة').waitFor();
  // The public pages need no script.
  const reader = await page(await context({ ...phone, javaScriptEnabled: false }));
  await reader.goto(`${server.url}/proposals?language=fr`);
  await reader.click('form.filter summary');
  await reader.selectOption('select[name=state]', 'answered');
  await reader.click('form.filter button[type=submit]');
  await reader.locator('li.card.answered h2 a').first().click();
  await reader.getByText('Les procès-verbaux seront publiés l’an prochain').waitFor();
  check((await reader.locator('.way .step.done').count()) === 3, 'the way to the answer is not done');
  await reader.locator('.said a').first().click();
  await reader.getByText('Les procès-verbaux seront publiés l’an prochain').waitFor();
  check((await reader.locator('html').getAttribute('dir')) === 'ltr', 'French is not from left to right');
  await reader.click('.languages a[lang=ar]');
  await reader.getByText('ستنشر المحاضر ابتداء من السنة المقبلة').waitFor();
  // So does a receipt, which no address gives away.
  await reader.goto(`${server.url}/receipt`);
  await reader.waitForURL('**/receipts');
  await reader.fill('input[name=receipt]', 'AAAA-BBBB-CCCC');
  await reader.click('form button[type=submit]');
  await reader.locator('[role=alert]').waitFor();
  check((await reader.inputValue('input[name=receipt]')) === 'AAAA-BBBB-CCCC', 'what was typed is gone');
  await reader.fill('input[name=receipt]', receipt);
  await reader.click('form button[type=submit]');
  await reader.getByText('ستنشر المحاضر ابتداء من السنة المقبلة').waitFor();
  check(!reader.url().includes(receipt) && reader.url().includes(`/contributions/${id}`), reader.url());
  const feed = await (await fetch(`${server.url}/proposals.atom?language=fr`)).text();
  check(feed.includes('Les procès-verbaux seront publiés'), 'the feed does not tell the answer');
});
