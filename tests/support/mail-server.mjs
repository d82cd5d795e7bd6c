// The far side of mail for tests from outside: takes everything over and keeps it, decoded.
import { createServer } from 'node:net';

const decoded = (text) =>
  text.replace(/=\?UTF-8\?B\?([^?]*)\?=(?:\r\n )?/g, (_, word) => Buffer.from(word, 'base64').toString('latin1'));
const utf8 = (latin1) => Buffer.from(latin1, 'latin1').toString('utf8');

function read(raw) {
  const [head, ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const part = (type) => {
    const encoded = body.split(`Content-Type: ${type}`)[1].split('\r\n\r\n')[1].split('\r\n--')[0];
    return Buffer.from(encoded, 'base64').toString('utf8');
  };
  const header = (name) =>
    utf8(decoded(new RegExp(`^${name}: ((?:.*\\r\\n )*.*)$`, 'im').exec(`${head}\r\n`)?.[1] ?? '')).replaceAll('\r\n', '');
  return { raw, subject: header('Subject'), header, text: part('text/plain'), html: part('text/html') };
}

export class MailServer {
  mails = [];
  waiting = [];

  listen() {
    this.server = createServer((socket) => this.#talk(socket));
    return new Promise((ready) => this.server.listen(0, '127.0.0.1', () => ready(this.server.address().port)));
  }

  /** The n-th message, from 1, once it is there. */
  async mail(n) {
    for (let i = 0; i < 600 && this.mails.length < n; i++) await new Promise((next) => setTimeout(next, 50));
    if (this.mails.length < n) throw new Error(`${this.mails.length} messages came, not ${n}`);
    return this.mails[n - 1];
  }

  close() {
    this.server.close();
  }

  #talk(socket) {
    let received = '';
    let data = false;
    let to = '';
    socket.on('error', () => {});
    socket.write('220 test\r\n');
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (;;) {
        const end = received.indexOf(data ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = received.slice(0, end);
        received = received.slice(end + (data ? 5 : 2));
        if (data) {
          data = false;
          this.mails.push({ to, ...read(`${line.replaceAll('\r\n..', '\r\n.')}\r\n`) });
          socket.write('250 2.0.0 Ok: queued\r\n');
        } else if (line.startsWith('DATA')) {
          data = true;
          socket.write('354 go ahead\r\n');
        } else if (line.startsWith('QUIT')) {
          socket.end('221 bye\r\n');
        } else {
          if (line.startsWith('RCPT')) to = line.slice(line.indexOf('<') + 1, line.indexOf('>'));
          socket.write('250 ok\r\n');
        }
      }
    });
  }
}
