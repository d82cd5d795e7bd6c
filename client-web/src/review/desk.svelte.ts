import { tick } from 'svelte';

interface Kept {
  open: boolean;
  /** What the form began with: where nothing was changed, nothing needs to be kept. */
  begun: string;
  form: object | null;
}
const prefix = 'warsha.review.';

/**
 * What somebody is writing, by what it is about: several forms at once. It outlives the lists around it, other forms
 * and a reload of the page, in this tab and for this account alone.
 */
export class Desk {
  private kept = $state<Record<string, Kept>>({});
  /** The form that is on its way: what it is about may have changed already, by itself. */
  sending = $state('');
  private place = '';
  private stop: (() => void) | undefined;

  /** Whose desk it is from now on: what others left here is not theirs to see. */
  of(account: string): void {
    this.stop?.();
    this.place = prefix + account;
    this.kept = read(this.place);
    this.stop = $effect.root(() => {
      $effect(() => write(this.place, JSON.stringify(this.kept)));
    });
  }
  /** Leaves nothing behind in this tab. */
  clear(): void {
    this.stop?.();
    this.kept = {};
    forget();
  }

  isOpen(key: string): boolean {
    return this.kept[key]?.open ?? false;
  }
  /** Closed, with words that were not sent. */
  isKept(key: string): boolean {
    return this.kept[key]?.open === false;
  }
  /** How many forms hold something that was not sent. */
  get unsent(): number {
    return Object.values(this.kept).filter(isChanged).length;
  }
  /** Those of them whose keys begin so. */
  unsentOf(beginning: string): string[] {
    return Object.keys(this.kept).filter((key) => key.startsWith(beginning) && isChanged(this.kept[key]!));
  }

  /** Shows the form and puts the keyboard's focus in its first field. */
  async open(key: string): Promise<void> {
    const kept = this.kept[key];
    if (kept) kept.open = true;
    else this.kept[key] = { open: true, begun: '', form: null };
    await tick();
    document
      .querySelector<HTMLElement>(`[data-form="${key}"]`)
      ?.querySelector<HTMLElement>('input:not([type=checkbox]), select, textarea')
      ?.focus();
  }
  /** The words of an open form, the same object until it is dropped. */
  form<Form extends object>(key: string, begin: () => Form): Form {
    this.kept[key] ??= { open: true, begun: '', form: null };
    const kept = this.kept[key]; // read back: what was assigned is not what the state keeps
    if (!kept.form) {
      const form = begin();
      kept.begun = JSON.stringify(form);
      kept.form = form;
    }
    return kept.form as Form;
  }
  /** Puts it away; what was written is there when it is opened again. */
  close(key: string): void {
    const kept = this.kept[key];
    if (!kept) return;
    if (isChanged(kept)) kept.open = false;
    else delete this.kept[key];
  }
  /** What somebody wrote in a form, where it has no place any more. */
  written(key: string): string[] {
    return textsIn(this.kept[key]?.form);
  }
  /** What is written in the one form is of another thing now; words that are there already stay, and so do these. */
  move(key: string, to: string): void {
    const kept = this.kept[key];
    if (!kept || key === to) return;
    if (this.kept[to]) {
      this.close(key);
      return;
    }
    this.kept[to] = kept;
    delete this.kept[key];
  }
  /** It was sent. */
  drop(key: string): void {
    delete this.kept[key];
  }
}

const isChanged = ({ form, begun }: Kept): boolean => form !== null && JSON.stringify(form) !== begun;

/** Of all that a form holds, the parts that are written and not chosen. */
const written = new Set(['ar', 'fr', 'text', 'title', 'note', 'unit', 'link']);
const textsIn = (value: unknown, name = ''): string[] => {
  if (typeof value === 'string') return written.has(name) && value.trim() ? [value.trim()] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, one]) => textsIn(one, inner));
};

function read(place: string): Record<string, Kept> {
  try {
    return (JSON.parse(sessionStorage.getItem(place) ?? '{}') ?? {}) as Record<string, Kept>;
  } catch {
    return {};
  }
}
function write(place: string, text: string): void {
  try {
    if (text === '{}') sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, text);
  } catch {
    // A browser without storage: the words last as long as the page.
  }
}
function forget(): void {
  try {
    for (const place of Object.keys(sessionStorage))
      if (place.startsWith(prefix)) sessionStorage.removeItem(place);
  } catch {
    // Likewise: there is nothing to forget.
  }
}

export const desk = new Desk();
