import { tick } from 'svelte';

const step = 0.04;
/** How much smaller than a room reads well, for the longest of everything at once, which would be cut otherwise. */
const least = 0.5;

/**
 * An action for a box whose size is its own: makes what is in it as large as it may be without being cut. Sets --fit,
 * from 1 (as large as is nice) down to 0 (as small as a room reads), and then --less, from 1 down. `words` are those in
 * the box.
 */
export function fit(box: HTMLElement, words: string): { update: () => void; destroy: () => void } {
  void words;
  const tryOut = (name: string, from: number, to: number): boolean => {
    for (let size = from; size >= to; size -= step) {
      box.style.setProperty(name, size.toFixed(2));
      if (box.scrollHeight <= box.clientHeight) return true;
    }
    return false;
  };
  const refit = () => {
    box.style.setProperty('--less', '1');
    if (!tryOut('--fit', 1, 0)) tryOut('--less', 1, least);
  };
  const watcher = new ResizeObserver(refit);
  watcher.observe(box);
  // Asked for before the new words are there.
  return { update: () => void tick().then(refit), destroy: () => watcher.disconnect() };
}
