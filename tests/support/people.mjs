// Requests as people make them.
import { password } from './server.mjs';

/** Asks; gives status, headers, text, the parsed body if there is one, and the cookie that was set. */
export async function ask(server, method, path, { body, text, cookie, headers } = {}) {
  const response = await fetch(server.url + path, {
    method,
    body: text ?? (body === undefined ? undefined : JSON.stringify(body)),
    headers: { ...(cookie ? { Cookie: cookie } : {}), ...headers },
  });
  const answered = await response.text();
  const setCookie = response.headers.get('set-cookie') ?? '';
  let parsed;
  try {
    parsed = JSON.parse(answered);
  } catch {
    parsed = undefined;
  }
  return { status: response.status, headers: response.headers, text: answered, body: parsed, setCookie, cookie: setCookie.split(';')[0] };
}

/** Joins a workshop as somebody new; gives the cookie of their pass. */
export async function joinAs(server, workshop, name) {
  const answer = await ask(server, 'POST', '/api/join', {
    body: { code: workshop.join_code, language: 'ar', notice_version: 1, ...(name ? { display_name: name } : {}) },
  });
  if (answer.status !== 201) throw new Error(`joining: ${answer.text}`);
  return answer.cookie;
}

const sessions = new Map();

/** Signs in as the account of a role; gives the cookie of a session, the same one each time but after a sign-out. */
export async function signIn(server, role) {
  const key = `${server.port}/${role}`;
  const known = sessions.get(key);
  if (known && (await ask(server, 'GET', '/api/workshops', { cookie: known })).status === 200) return known;
  const answer = await ask(server, 'POST', '/api/session', { body: { email: `${role}@example.org`, password } });
  if (answer.status !== 201) throw new Error(`signing in: ${answer.text}`);
  sessions.set(key, answer.cookie);
  return answer.cookie;
}
