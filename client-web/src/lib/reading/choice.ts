import { apply, remembered, stored, type ReadingSettings } from './settings';

export function choose(settings: ReadingSettings): void {
  apply(settings);
  try {
    localStorage.setItem(stored, JSON.stringify(settings));
  } catch {
    // No storage: the choice lasts as long as the page.
  }
}

/** Other pages of this device that are open: a preview beside a console, a receipt beside a room. */
export function follow(changed: (settings: ReadingSettings) => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key !== stored && key !== null) return;
    apply(remembered());
    changed(remembered());
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}
