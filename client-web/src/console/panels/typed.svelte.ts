import type { Kind } from '$lib/generated/protocol';
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

/** Outlives the panels, of which one takes the place of another; as long as the page. */
export function typedIn(workshop: string): Typed {
  let typed = all.get(workshop);
  if (!typed) all.set(workshop, (typed = new Typed()));
  return typed;
}
