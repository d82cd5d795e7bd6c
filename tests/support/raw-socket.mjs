// A WebSocket client that may break every rule (RFC 6455), for tests of what a server does then.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const patienceMs = 5_000;

export class RawSocket {
  frames = []; // {opcode, payload}
  messages = []; // parsed lines of text frames
  closed = null; // {code} or {code: null} when the connection ended without a close frame
  #buffer = Buffer.alloc(0);
  #wake = [];

  /** Resolves with the socket once upgraded, or with {status} when the server refused. */
  static open(server, path, { cookie, origin } = {}) {
    const made = new RawSocket();
    return new Promise((resolve, reject) => {
      made.tcp = connect(server.port, '127.0.0.1', () => {
        made.tcp.write(
          [
            `GET ${path} HTTP/1.1`,
            `Host: 127.0.0.1:${server.port}`,
            'Connection: Upgrade',
            'Upgrade: websocket',
            'Sec-WebSocket-Version: 13',
            `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
            'Sec-WebSocket-Protocol: warsha.live.v1',
            ...(cookie ? [`Cookie: ${cookie}`] : []),
            ...(origin ? [`Origin: ${origin}`] : []),
            '\r\n',
          ].join('\r\n'),
        );
      });
      let head = Buffer.alloc(0);
      const upgrade = (data) => {
        head = Buffer.concat([head, data]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        const status = Number(/HTTP\/1\.1 (\d+)/.exec(head.toString('latin1'))?.[1]);
        if (status !== 101) {
          made.tcp.destroy();
          return resolve({ status });
        }
        made.tcp.off('data', upgrade);
        made.tcp.on('data', (more) => made.#take(more));
        made.#take(head.subarray(end + 4));
        resolve(made);
      };
      made.tcp.on('data', upgrade);
      made.tcp.on('error', reject);
      made.tcp.on('close', () => {
        made.closed ??= { code: null };
        made.#woken();
      });
    });
  }

  send(message) {
    this.frame(1, Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)));
  }

  /** One masked frame, final unless told. */
  frame(opcode, payload, final = true) {
    const mask = randomBytes(4);
    const length =
      payload.length < 126
        ? Buffer.from([0x80 | payload.length])
        : payload.length < 65536
          ? Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 255])
          : Buffer.concat([Buffer.from([0x80 | 127]), u64(payload.length)]);
    const masked = Buffer.from(payload.map((byte, i) => byte ^ mask[i % 4]));
    this.tcp.write(Buffer.concat([Buffer.from([(final ? 0x80 : 0) | opcode]), length, mask, masked]));
  }

  bytes(raw) {
    this.tcp.write(raw);
  }

  /** The next message that fits, also among those that came already; each is given once. */
  async next(fits) {
    const wanted = typeof fits === 'string' ? (message) => message.type === fits : fits;
    const end = Date.now() + patienceMs;
    for (;;) {
      const place = this.messages.findIndex(wanted);
      if (place >= 0) return this.messages.splice(place, 1)[0];
      if (this.closed) throw new Error(`closed with ${this.closed.code} while waiting for ${fits}`);
      if (Date.now() > end) throw new Error(`nothing came: ${fits}`);
      await this.#change(end);
    }
  }

  async untilClosed() {
    const end = Date.now() + patienceMs;
    while (!this.closed && Date.now() < end) await this.#change(end);
    if (!this.closed) throw new Error('it stayed open');
    return this.closed.code;
  }

  pause() {
    this.tcp.pause();
  }
  resume() {
    this.tcp.resume();
  }
  end() {
    this.tcp.destroy();
  }

  #change(end) {
    return new Promise((woken) => {
      const timer = setTimeout(woken, end - Date.now());
      this.#wake.push(() => (clearTimeout(timer), woken()));
    });
  }
  #woken() {
    for (const wake of this.#wake.splice(0)) wake();
  }

  #take(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const buffer = this.#buffer;
      if (buffer.length < 2) break;
      const short = buffer[1] & 127;
      const at = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (buffer.length < at) break;
      const length = short < 126 ? short : short === 126 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2));
      if (buffer.length < at + length) break;
      const payload = buffer.subarray(at, at + length);
      this.#buffer = buffer.subarray(at + length);
      this.#frame(buffer[0] & 15, payload);
    }
    this.#woken();
  }

  #frame(opcode, payload) {
    this.frames.push({ opcode, length: payload.length });
    if (opcode === 1) for (const line of payload.toString().split('\n')) this.messages.push(JSON.parse(line));
    if (opcode === 8) this.closed ??= { code: payload.length >= 2 ? payload.readUInt16BE(0) : 1005 };
    if (opcode === 9) this.frame(10, payload);
  }
}

function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
