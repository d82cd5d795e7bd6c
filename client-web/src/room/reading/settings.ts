/** How somebody reads: on this device, for every workshop. */
export const sizes = ['normal', 'large', 'huge'] as const;
export interface ReadingSettings {
  size: (typeof sizes)[number];
  contrast: boolean;
}

export const usual: ReadingSettings = { size: 'normal', contrast: false };
const stored = 'warsha.reading';

/** What is written there may come from another version, or from nowhere. */
export function parse(text: string | null): ReadingSettings {
  try {
    const kept = JSON.parse(text ?? '{}') as Partial<ReadingSettings> | null;
    return {
      size: sizes.find((size) => size === kept?.size) ?? usual.size,
      contrast: kept?.contrast === true,
    };
  } catch {
    return usual;
  }
}

export function remembered(): ReadingSettings {
  try {
    return parse(localStorage.getItem(stored));
  } catch {
    return usual;
  }
}

export function apply(settings: ReadingSettings): void {
  const { dataset } = document.documentElement;
  dataset.textSize = settings.size;
  dataset.contrast = settings.contrast ? 'high' : 'usual';
}

export function choose(settings: ReadingSettings): void {
  apply(settings);
  try {
    localStorage.setItem(stored, JSON.stringify(settings));
  } catch {
    // No storage: the choice lasts as long as the page.
  }
}
