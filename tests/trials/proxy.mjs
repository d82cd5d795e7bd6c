// A bad network in one process: stands between people and the server, delays, stalls, cuts in the midst of a frame,
// and parts the two sides for a while. Bytes keep their order, as TCP has it.
import net from 'node:net';

export class Proxy {
  /** Of each piece of data, each way, in ms: how long it takes, give or take. */
  delayMs = 0;
  jitterMs = 0;
  /** How likely a piece waits for a retransmission (a lost packet, as a TCP connection sees it), and how long. */
  stalls = 0;
  stallMs = 300;
  /** How likely a piece is cut in two, the first half delivered and the connection reset. */
  cuts = 0;
  parted = false;
  made = { connections: 0, cuts: 0, stalls: 0 };

  constructor(where, chance) {
    this.where = where;
    this.chance = chance;
    this.lines = new Set();
    this.server = net.createServer({ noDelay: true }, (client) => this.join(client));
  }

  listen() {
    return new Promise((listening) =>
      this.server.listen(0, '127.0.0.1', () => {
        this.port = this.server.address().port;
        listening();
      }),
    );
  }

  join(client) {
    this.made.connections++;
    const upstream = net.connect({ ...this.where(), noDelay: true });
    const pair = [client, upstream];
    const end = () => pair.forEach((socket) => socket.destroy());
    for (const [from, to] of [pair, [upstream, client]]) {
      const line = { from, to, queue: [], free: 0, timer: null, cut: false, end };
      this.lines.add(line);
      from.on('data', (data) => this.take(line, data));
      from.on('end', () => this.take(line, null));
      from.on('error', end);
      from.on('close', () => {
        this.lines.delete(line);
        if (!from.readableEnded) end();
      });
    }
  }

  take(line, data) {
    let wait = this.delayMs + (this.chance() * 2 - 1) * this.jitterMs;
    if (this.chance() < this.stalls) {
      wait += this.stallMs * (0.5 + this.chance());
      this.made.stalls++;
    }
    line.free = Math.max(line.free, performance.now() + wait);
    line.queue.push({ data, due: line.free });
    this.move(line);
  }

  /** Delivers what is due; nothing crosses while the sides are parted. */
  move(line) {
    if (line.timer || this.parted) return;
    while (line.queue.length) {
      const wait = line.queue[0].due - performance.now();
      if (wait > 1) {
        line.timer = setTimeout(() => {
          line.timer = null;
          this.move(line);
        }, wait);
        return;
      }
      this.deliver(line, line.queue.shift().data);
    }
  }

  deliver(line, data) {
    if (line.to.destroyed || line.cut) return;
    if (data === null) return void line.to.end();
    if (this.chance() >= this.cuts) return void line.to.write(data);
    this.made.cuts++;
    line.cut = true; // what comes after the cut arrives no more
    line.to.write(data.subarray(0, Math.floor(this.chance() * data.length)), () => line.end());
  }

  part() {
    this.parted = true;
    for (const { from } of this.lines) from.pause();
  }

  heal() {
    this.parted = false;
    for (const line of this.lines) {
      line.from.resume();
      this.move(line);
    }
  }

  close() {
    this.server.close();
    for (const { end } of this.lines) end();
  }
}
