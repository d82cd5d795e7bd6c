// One HTTP request, its answer as text, JSON and cookie.
import http from 'node:http';

const agent = new http.Agent({ keepAlive: false });
/** Long, since machines that run trials are busy: what must be quick is measured where it matters. */
const patienceMs = 15_000;

export function request({ host, port }, method, path, { body, cookie, timeoutMs = patienceMs } = {}) {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers = {};
  if (cookie) headers.Cookie = cookie;
  if (payload !== undefined) {
    headers['Content-Type'] = 'application/json';
    headers['Content-Length'] = Buffer.byteLength(payload);
  }
  return new Promise((answered, failed) => {
    const sent = http.request({ host, port, method, path, headers, agent, timeout: timeoutMs }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', failed);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        answered({
          status: answer.statusCode,
          text,
          headers: answer.headers,
          cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
          get json() {
            return JSON.parse(text);
          },
        });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer to ${method} ${path} in ${timeoutMs} ms`)));
    sent.on('error', failed);
    sent.end(payload);
  });
}
