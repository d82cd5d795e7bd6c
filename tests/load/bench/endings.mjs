// Nothing is left behind: processes and folders of a bench that is interrupted go with it.
import { constants } from 'node:os';

const pending = new Set();

process.on('exit', () => {
  for (const undo of pending) undo();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => process.exit(128 + constants.signals[signal]));

/** `undo`, which must be synchronous, is called when the bench ends, unless what this gives was called before. */
export function atEnd(undo) {
  pending.add(undo);
  return () => pending.delete(undo);
}
