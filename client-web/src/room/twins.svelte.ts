import type { Kind } from '$lib/generated/protocol';
import { ask } from '$lib/http';

const afterMs = 600;
/** Shorter, everything is like everything. */
const leastLetters = 12;

/** The server's answer, best first. */
interface Answer {
  twins: { contribution: string; likeness: number }[];
}
type Asker = (text: string, kind: Kind) => Promise<string[]>;

function serverOf(workshop: string): Asker {
  return async (text, kind) =>
    (await ask<Answer>('POST', `/api/workshops/${workshop}/twins`, { text, kind })).twins.map(
      (twin) => twin.contribution,
    );
}

/** What others wrote that is nearly what is being written. A help: when it fails, it is silent. */
export class Twins {
  found = $state.raw<string[]>([]);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = '';

  constructor(
    workshop: string,
    private readonly asker: Asker = serverOf(workshop),
  ) {}

  /** The text is this now. Asks when typing rests. */
  look(text: string, kind: Kind): void {
    clearTimeout(this.timer);
    const words = text.trim();
    if (words.length < leastLetters) return this.clear();
    const question = `${kind} ${words}`;
    if (question === this.asked) return;
    this.timer = setTimeout(() => void this.find(question, words, kind), afterMs);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.asked = '';
    this.found = [];
  }

  private async find(question: string, words: string, kind: Kind): Promise<void> {
    this.asked = question;
    const found = await this.asker(words, kind).catch(() => []);
    // An answer to what is no longer written would point at the wrong words.
    if (this.asked === question) this.found = found;
  }
}
