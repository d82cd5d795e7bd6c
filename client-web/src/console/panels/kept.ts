/** What a console holds by itself, kept in its tab over a reload: until somebody signs out there. */
type Of = 'typed' | 'agenda' | 'began';
const prefix = 'warsha.console.';

export function kept<What extends object>(of: Of, workshop: string): Partial<What> | null {
  try {
    return JSON.parse(sessionStorage.getItem(`${prefix}${of}.${workshop}`) ?? 'null');
  } catch {
    return null; // no storage: it lasts as long as the page
  }
}

/** Null: nothing is left to keep. */
export function keep(of: Of, workshop: string, what: object | null): void {
  try {
    if (what === null) sessionStorage.removeItem(`${prefix}${of}.${workshop}`);
    else sessionStorage.setItem(`${prefix}${of}.${workshop}`, JSON.stringify(what));
  } catch {
    // As above, and there is nothing else to be done.
  }
}

/** Whoever comes next to this tab finds nothing of it. */
export function forgetKept(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
