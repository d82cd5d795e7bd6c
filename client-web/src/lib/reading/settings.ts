/** How somebody reads: one choice on this device, for every page. */
export const sizes = ['normal', 'large', 'huge'] as const;
export interface ReadingSettings {
  size: (typeof sizes)[number];
  contrast: boolean;
  /** Nothing moves that need not, also where the device itself does not ask for it. */
  still: boolean;
}

export const usual: ReadingSettings = { size: 'normal', contrast: false, still: false };
export const stored = 'warsha.reading';

/** What is written there may come from another version, or from nowhere. */
export function parse(text: string | null): ReadingSettings {
  try {
    const kept = JSON.parse(text ?? '{}') as Partial<ReadingSettings> | null;
    return {
      size: sizes.find((size) => size === kept?.size) ?? usual.size,
      contrast: kept?.contrast === true,
      still: kept?.still === true,
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
  dataset.motion = settings.still ? 'reduced' : 'usual';
}
