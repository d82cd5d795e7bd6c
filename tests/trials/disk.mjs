// The control file of the faulty disk (faulty_disk.cpp), and a server that stands on one.
import { closeSync, existsSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { warsha } from '../support/server.mjs';
import { TrialServer } from './serving.mjs';

const fields = 'fault lies cutIn survivors seed operations syncs errors pending lost torn place'.split(' ');
const controlBytes = 4_096;

export const fault = { none: 0, full: 1, writeError: 2, syncError: 3, readError: 4, someReadErrors: 5 };
export const survivors = { none: 0, all: 1, some: 2, someTorn: 3 };
/** The exit status of a server whose power failed. */
export const powerFailed = 86;

/** A shared library of the build, by its target's name. */
export function preload(target) {
  const file = join(dirname(warsha), 'tests', `lib${target}.so`);
  if (!existsSync(file)) throw new Error(`${file} is not built: ninja -C ${dirname(warsha)} ${target}`);
  return file;
}

export class Disk {
  constructor(file) {
    this.file = file;
    writeFileSync(file, Buffer.alloc(controlBytes));
    this.descriptor = openSync(file, 'r+');
  }

  /** The server sees it at once: it has the same page of memory. */
  set(values) {
    const bytes = Buffer.alloc(8);
    for (const [field, value] of Object.entries(values)) {
      bytes.writeBigInt64LE(BigInt(value));
      writeSync(this.descriptor, bytes, 0, 8, 8 * fields.indexOf(field));
    }
  }

  get(field) {
    const bytes = Buffer.alloc(8);
    readSync(this.descriptor, bytes, 0, 8, 8 * fields.indexOf(field));
    return Number(bytes.readBigInt64LE());
  }

  close() {
    closeSync(this.descriptor);
  }
}

export class FaultyServer extends TrialServer {
  constructor(settings = {}) {
    super(settings);
    const file = join(this.folder, 'disk');
    this.disk = new Disk(file);
    this.settings.env = {
      ...this.settings.env,
      LD_PRELOAD: preload('warsha_faulty_disk'),
      WARSHA_FAULTY_DISK: file,
    };
  }

  async remove() {
    await super.remove();
    this.disk.close();
  }
}
