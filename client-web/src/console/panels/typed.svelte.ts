import type { Kind } from '$lib/generated/protocol';
import { keep, kept } from './kept';
import type { Fields } from '$lib/live/commands.svelte';
import { uuidv7 } from '$lib/uuid';

/** The same id for the same command, however often it is sent before its answer: the server takes it once. */
export class OneId {
  private last: { fields: string; id: string } | null = null;

  of(fields: Fields): string {
    const wanted = JSON.stringify(fields);
    if (this.last?.fields !== wanted) this.last = { fields: wanted, id: uuidv7() };
    return this.last.id;
  }

  /** It was answered: the same words are another command now. */
  forget(): void {
    this.last = null;
  }
}

/** What somebody typed into the panels of one workshop and the server has not kept. */
export class Typed {
  /** What is written for somebody, and what was said of the last one. */
  proxy = $state({
    text: '',
    result: '',
    channel: 'proxy' as 'proxy' | 'paper',
    kind: 'problem' as Kind,
    people: 1,
    theme: '',
    table: '',
    answers: '',
    said: '',
  });
  readonly proxyId = new OneId();
  note = $state({ text: '', answering: null as number | null });
  readonly noteId = new OneId();
  /** What is expected of a table's solution, by its draft. */
  results = $state<Record<string, string>>({});
  caption = $state('');
  template = $state('');
}

const all = new Map<string, Typed>();

/** Outlives the panels, of which one takes the place of another, and a reload of the page. */
export function typedIn(workshop: string): Typed {
  const known = all.get(workshop);
  if (known) return known;
  const typed = new Typed();
  const { proxy, ...rest } = kept<Typed>('typed', workshop) ?? {};
  Object.assign(typed, rest);
  Object.assign(typed.proxy, proxy);
  $effect.root(() => {
    $effect(() => {
      const { proxy, note, results, caption, template } = typed;
      // What was said of the last one holds its receipt, which is its author's.
      keep('typed', workshop, { proxy: { ...proxy, said: '' }, note, results, caption, template });
    });
  });
  all.set(workshop, typed);
  return typed;
}
