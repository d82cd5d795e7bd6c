// A small WebSocket client (RFC 6455) that says everything a trial wants to know: which browsers' sockets hide.
import { randomBytes } from 'node:crypto';
import net from 'node:net';

const text = 1;
const close = 8;
const ping = 9;
const pong = 10;

/** One frame from a client, masked as the standard asks. */
export function frame(opcode, payload) {
  const head = payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10;
  const out = Buffer.alloc(head + 4 + payload.length);
  out[0] = 0x80 | opcode;
  if (head === 2) out[1] = 0x80 | payload.length;
  else if (head === 4) {
    out[1] = 0x80 | 126;
    out.writeUInt16BE(payload.length, 2);
  } else {
    out[1] = 0x80 | 127;
    out.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  const mask = randomBytes(4);
  mask.copy(out, head);
  for (let i = 0; i < payload.length; i++) out[head + 4 + i] = payload[i] ^ mask[i & 3];
  return out;
}

export function upgradeRequest({ host, port, path, cookie }) {
  return (
    `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
    `Sec-WebSocket-Protocol: warsha.live.v1\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}\r\n`
  );
}

/**
 * Calls on.open(), on.message(object) for each message that does not begin with on.ignores, and once
 * on.closed({ code, status, error }): the close code that was received, or the HTTP status of a refused upgrade, or
 * the error of the network.
 */
export class LiveSocket {
  constructor(where, on) {
    this.on = on;
    this.waiting = Buffer.alloc(0);
    this.opened = false;
    this.ended = false;
    this.code = undefined;
    this.status = undefined;
    this.socket = net.connect({ host: where.host, port: where.port, noDelay: true });
    this.socket.on('connect', () => this.socket.write(upgradeRequest(where)));
    this.socket.on('data', (data) => this.take(data));
    this.socket.on('error', (error) => this.end(error.code));
    this.socket.on('close', () => this.end());
  }

  send(message) {
    if (this.opened && !this.ended) this.socket.write(frame(text, Buffer.from(JSON.stringify(message))));
  }

  /** Gone without a word, as a phone that loses its network, but the kernel says goodbye (FIN or RST). */
  drop() {
    this.on = null;
    this.ended = true;
    this.socket.destroy();
  }

  end(error) {
    if (this.ended) return;
    this.ended = true;
    this.socket.destroy();
    this.on?.closed({ code: this.code, status: this.status, error });
  }

  take(data) {
    this.waiting = this.waiting.length ? Buffer.concat([this.waiting, data]) : data;
    if (!this.opened && !this.takeAnswer()) return;
    while (!this.ended && this.takeFrame());
  }

  takeAnswer() {
    const end = this.waiting.indexOf('\r\n\r\n');
    if (end < 0) return false;
    this.status = Number(this.waiting.toString('latin1', 9, 12));
    if (this.status !== 101) {
      this.end();
      return false;
    }
    this.waiting = this.waiting.subarray(end + 4);
    this.opened = true;
    this.on?.open();
    return true;
  }

  takeFrame() {
    const bytes = this.waiting;
    if (bytes.length < 2) return false;
    let length = bytes[1] & 0x7f;
    let head = 2;
    if (length === 126) {
      if (bytes.length < 4) return false;
      length = bytes.readUInt16BE(2);
      head = 4;
    } else if (length === 127) {
      if (bytes.length < 10) return false;
      length = Number(bytes.readBigUInt64BE(2));
      head = 10;
    }
    if (bytes.length < head + length) return false;
    const payload = bytes.subarray(head, head + length);
    this.waiting = bytes.subarray(head + length);
    const opcode = bytes[0] & 0x0f;
    if (opcode === text) {
      // The server puts what is pending in one frame, one message a line.
      for (const line of payload.toString('utf8').split('\n'))
        if (!this.on?.ignores || !line.startsWith(this.on.ignores)) this.on?.message(JSON.parse(line));
    } else if (opcode === ping) {
      this.socket.write(frame(pong, payload));
    } else if (opcode === close) {
      this.code = length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.socket.end(frame(close, payload.subarray(0, 2)));
    }
    return true;
  }
}
