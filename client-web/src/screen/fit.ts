import { tick } from 'svelte';

/** Nothing on a projector is smaller than a third of what is said largest. */
const least = 0.34;
const step = 0.04;

/**
 * An action for a box whose size is its own: sets its --fit from 1 down to where nothing in it is cut. `words` are those
 * in it.
 */
export function fit(box: HTMLElement, words: string): { update: () => void; destroy: () => void } {
  void words;
  const refit = () => {
    for (let size = 1; size >= least; size -= step) {
      box.style.setProperty('--fit', size.toFixed(2));
      if (box.scrollHeight <= box.clientHeight) return;
    }
  };
  const watcher = new ResizeObserver(refit);
  watcher.observe(box);
  // Asked for before the new words are there.
  return { update: () => void tick().then(refit), destroy: () => watcher.disconnect() };
}
