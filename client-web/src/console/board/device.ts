/** What this device remembers; nothing where the browser keeps nothing. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`warsha.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`warsha.${key}`, value);
  } catch {
    // Private browsing without storage: it lasts as long as the page.
  }
}

export function rememberedList(key: string): string[] {
  try {
    const list: unknown = JSON.parse(remembered(key) ?? '[]');
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
