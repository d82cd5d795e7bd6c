// The HTTP API of a real server, asked rightly and wrongly. See schemas/http/openapi.yaml.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {request} from 'node:http';
import {connect} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';

import {ask, joinAs, signIn} from '../support/people.mjs';
import {root, Server} from '../support/server.mjs';

const demonstration = join(root, 'deploy/demonstration/consultation.json');
const server = new Server();
let workshop;
let other;
before(async () => {
  [workshop, other] = server.prepare(demonstration).workshops;
  await server.start();
});
after(() => server.remove());

const right = () => ({code : workshop.join_code, language : 'ar', notice_version : 1});

describe('joining', () => {
  test('a code is found however it is typed', async () => {
    const {join_code : code} = workshop;
    for (const typed of [code, code.toLowerCase(), `${code.slice(0, 3)}-${code.slice(3)}`,
                         ` ${code.slice(0, 2)} ${code.slice(2)} `])
      assert.equal((await ask(server, 'GET', `/api/join/${encodeURIComponent(typed)}`)).body.workshop.id,
                   workshop.id);
  });

  const wrong = [
    [ 'a missing code', {code : undefined}, 422, 'missing_field', 'code' ],
    [ 'a code that is a number', {code : 7}, 422, 'wrong_type', 'code' ],
    [ 'a code that nobody has', {code : 'ZZZZZZ'}, 404, 'join_code_unknown', 'code' ],
    [
      'a notice that was not accepted', {notice_version : undefined}, 422, 'notice_not_accepted',
      'notice_version'
    ],
    [ 'an old notice', {notice_version : 0}, 422, 'notice_not_accepted', 'notice_version' ],
    [ 'a language that is not there', {language : 'de'}, 422, 'invalid_value', 'language' ],
    [ 'an empty name', {display_name : '  '}, 422, 'text_empty', 'display_name' ],
    [ 'an endless name', {display_name : 'ا'.repeat(61)}, 422, 'text_too_long', 'display_name' ],
    [
      'a name with an override', {display_name : 'a\u202eb'}, 422, 'text_forbidden_character', 'display_name'
    ],
    [ 'an unknown field', {admin : true}, 422, 'unknown_field', 'admin' ],
  ];
  for (const [name, change, status, code, field] of wrong)
    test(`is refused with ${name}`, async () => {
      const answer = await ask(server, 'POST', '/api/join', {body : {...right(), ...change}});
      assert.deepEqual([ answer.status, answer.body.code, answer.body.field ], [ status, code, field ]);
      assert.match(answer.headers.get('content-type'), /application\/problem\+json/);
      assert.equal(answer.cookie, '');
    });

  test('is refused with what is no JSON object', async () => {
    for (const body of ['', '{', '[]', '"x"', '['.repeat(100)])
      assert.equal((await ask(server, 'POST', '/api/join', {text : body})).body.code, 'malformed');
  });

  test('the same browser stays the same person, with another name if they wish', async () => {
    const first = await ask(server, 'POST', '/api/join', {body : right()});
    assert.match(first.setCookie, /HttpOnly; SameSite=Lax; Max-Age=\d+/);
    const again = await ask(server, 'POST', '/api/join', {
      body : {...right(), code : other.join_code, display_name : 'ليلى'},
      cookie : first.cookie,
    });
    assert.equal(again.body.participant.id, first.body.participant.id);
    const me = await ask(server, 'GET', '/api/me', {cookie : again.cookie});
    assert.equal(me.body.participant.name, 'ليلى');
    assert.equal(me.body.participant.workshops.length, 2);
  });

  test('a forged or cut pass is nobody', async () => {
    const pass = await joinAs(server, workshop);
    const [name, value] = pass.split('=');
    for (const forged of [value.slice(0, -2), value.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')), 'x', ''])
      assert.deepEqual((await ask(server, 'GET', '/api/me', {cookie : `${name}=${forged}`})).body, {});
  });

  test('a whole room joins from one address, and wrong guesses are slowed', async () => {
    const own = new Server();
    try {
      const [room] = own.prepare(demonstration).workshops;
      await own.start();
      const joins = await Promise.all(Array.from({length : 60}, () => joinAs(own, room)));
      assert.equal(new Set(joins).size, 60);
      const guesses = [];
      for (let i = 0; i < 40; i++)
        guesses.push(await ask(own, 'GET', '/api/join/ZZZZZ2'));
      assert.equal(guesses[0].status, 404);
      assert.equal(guesses.at(-1).status, 429);
      assert.ok(Number(guesses.at(-1).headers.get('retry-after')) >= 1);
      assert.ok(guesses.at(-1).body.retry_after_ms > 0);
    } finally {
      await own.remove();
    }
  });
});

describe('staff sessions', () => {
  test('a wrong password and an unknown address get the same answer', async () => {
    const answers = [];
    for (const email of ['admin@example.org', 'nobody@example.org']) {
      const answer = await ask(server, 'POST', '/api/session', {body : {email, password : 'wrong'}});
      answers.push([ answer.status, answer.body.code, answer.cookie ]);
    }
    assert.deepEqual(answers, Array(2).fill([ 401, 'sign_in_failed', '' ]));
  });
  test('a session ends when it is ended', async () => {
    const cookie = await signIn(server, 'facilitator');
    assert.equal((await ask(server, 'GET', '/api/workshops', {cookie})).status, 200);
    assert.equal((await ask(server, 'DELETE', '/api/session', {cookie})).status, 204);
    assert.equal((await ask(server, 'GET', '/api/workshops', {cookie})).status, 401);
  });
});

describe('every endpoint is closed to those without the right', () => {
  const snapshot = () => `/api/workshops/${workshop.id}/snapshot`;
  const cases = [
    [ 'the list of workshops', 'nobody', () => '/api/workshops', 401 ],
    [ 'the list of workshops', 'participant', () => '/api/workshops', 401 ],
    [ 'a workshop', 'nobody', () => `/api/workshops/${workshop.id}`, 401 ],
    [ 'a workshop', 'stranger', () => `/api/workshops/${workshop.id}`, 401 ],
    [ 'a workshop', 'admin', () => `/api/workshops/${workshop.id}`, 401 ],
    [ 'a board', 'nobody', snapshot, 401 ],
    [ 'a board', 'stranger', snapshot, 401 ],
    [ 'the staff’s board', 'participant', () => `${snapshot()}?audience=staff`, 401 ],
    [ 'the QR code', 'nobody', () => `/api/workshops/${workshop.id}/qr.svg`, 401 ],
    [ 'an id that is none', 'facilitator', () => '/api/workshops/42/snapshot', 404 ],
    [
      'a workshop that is not there', 'facilitator',
      () => '/api/workshops/019a1f00-0000-7000-8000-000000000001', 404
    ],
  ];
  for (const [name, who, path, status] of cases)
    test(`${name}, to ${who}: ${status}`, async () => {
      const cookie = {
        nobody : '',
        participant : await joinAs(server, workshop),
        stranger : await joinAs(server, other)
      }[who];
      const answer = await ask(server, 'GET', path(), {cookie : cookie ?? (await signIn(server, who))});
      assert.equal(answer.status, status);
    });

  test('consultations are created by an admin alone, from a right document', async () => {
    const body = JSON.parse(readFileSync(demonstration, 'utf8'));
    for (const [who, status] of [[ 'facilitator', 403 ], [ 'organiser', 403 ]])
      assert.equal(
          (await ask(server, 'POST', '/api/consultations', {body, cookie : await signIn(server, who)}))
              .status,
          status);
    assert.equal((await ask(server, 'POST', '/api/consultations', {body})).status, 401);
    const cookie = await signIn(server, 'admin');
    assert.equal(
        (await ask(server, 'POST', '/api/consultations', {body : {...body, date : 7}, cookie})).status, 422);
    const created = await ask(server, 'POST', '/api/consultations', {body, cookie});
    assert.equal(created.status, 201);
    assert.equal(created.body.workshops.length, 3);
  });
});

describe('HTTP', () => {
  test('refuses what comes from another site', async () => {
    const answer =
        await ask(server, 'POST', '/api/join', {body : right(), headers : {Origin : 'https://evil.example'}});
    assert.deepEqual([ answer.status, answer.body.code ], [ 403, 'origin_refused' ]);
    const own = await ask(server, 'POST', '/api/join', {body : right(), headers : {Origin : server.url}});
    assert.equal(own.status, 201);
  });
  test('names what is not there and what is not allowed', async () => {
    assert.equal((await ask(server, 'GET', '/api/nothing')).body.code, 'not_found');
    assert.equal((await ask(server, 'PUT', '/api/join')).body.code, 'method_not_allowed');
    assert.equal((await ask(server, 'GET', '/no/such/page')).status, 404);
    assert.equal((await ask(server, 'GET', '/../../etc/passwd')).status, 404);
    assert.equal((await ask(server, 'GET', '/%2e%2e/%2e%2e/etc/passwd')).status, 404);
  });
  test('refuses a body beyond its limit', async () => {
    assert.equal(
        (await ask(server, 'POST', '/api/join', {text : 'x'.repeat(70_000)}).catch(() => ({status : 413})))
            .status,
        413);
  });
  test('refuses transfer codings, in which requests are smuggled', async () => {
    const status = await new Promise((resolve) => {
      const sent = request(
          {
            port : server.port,
            method : 'POST',
            path : '/api/join',
            headers : {'Transfer-Encoding' : 'chunked'}
          },
          (answer) => resolve(answer.statusCode),
      );
      sent.on('error', () => {}); // the server may close while we still write
      sent.end('{}');
    });
    assert.equal(status, 411);
  });
  test('survives bytes that are no HTTP', async () => {
    for (const bytes of ['\0\0\0\0', 'GET\r\n\r\n', `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(5_000)}\r\n`]) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(bytes);
      await new Promise((resolve) => (socket.on('close', resolve), socket.resume()));
    }
    assert.equal((await ask(server, 'GET', '/health')).body.status, 'ok');
  });
  test('pages carry the policy, their encodings and an ETag that is honoured', async () => {
    const page = await ask(server, 'GET', '/');
    const policy = page.headers.get('content-security-policy');
    for (const part of ["default-src 'none'", "require-trusted-types-for 'script'", "frame-ancestors 'none'"])
      assert.ok(policy.includes(part), part);
    assert.ok(!policy.includes('unsafe'));
    const again = await ask(server, 'GET', '/', {headers : {'If-None-Match' : page.headers.get('etag')}});
    assert.equal(again.status, 304);
    assert.equal((await ask(server, 'HEAD', '/')).status, 200);
  });
  test('a board is compressed, and not sent again when it is the same', async () => {
    const cookie = await joinAs(server, workshop);
    const path = `/api/workshops/${workshop.id}/snapshot`;
    const first = await ask(server, 'GET', path, {cookie});
    assert.equal(first.headers.get('content-encoding'), 'gzip');
    assert.equal(first.body.audience, 'room');
    const again =
        await ask(server, 'GET', path, {cookie, headers : {'If-None-Match' : first.headers.get('etag')}});
    assert.equal(again.status, 304);
    const code = await ask(server, 'GET', `/api/workshops/${workshop.id}/qr.svg`, {cookie});
    assert.match(code.text, /^<svg /);
  });
  test('a receipt that nobody has leads nowhere', async () => {
    assert.equal((await ask(server, 'GET', '/api/receipts/AAAA-BBBB-CCCC')).status, 404);
    assert.equal((await ask(server, 'GET', '/api/receipts/%00')).status, 404);
  });
});
