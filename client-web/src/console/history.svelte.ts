import type { LiveWorkshop, Outcome } from '$lib/live/workshop.svelte';

/** A command as it is sent; with an id where a later one of the same step names what it makes. */
export type Command = Record<string, unknown> & { action: string; id?: string };

export interface Step {
  label: string;
  inverse: () => Command[];
  /** Until the board shows what was done: only then can it be seen what there is to undo. */
  shown: Promise<unknown>;
}

export interface Done {
  /** All of it was taken. */
  whole: boolean;
  /** What can be undone of it. */
  step: Step | null;
}

/** What these steps need of a live workshop. */
type Live = Pick<LiveWorkshop, 'perform' | 'complaint' | 'state' | 'readOnly'> & { board: { seq: number } };

const lookAgainMs = 20;
const longestWaitMs = 3_000;

const mostSteps = 50;

/** What the facilitator did last, each with the commands that undo it: undoing is a new act, never a deletion. */
export class History {
  private steps = $state.raw<Step[]>([]);
  /** Steps and what undoes them that the server has not answered. */
  private unanswered = $state(0);

  constructor(private readonly live: Live) {}

  get last(): Step | undefined {
    return this.steps.at(-1);
  }

  /** Nothing is undone meanwhile: what is done cannot be seen yet, and each attempt would take one step more. */
  get waits(): boolean {
    return this.unanswered > 0 && (this.live.state !== 'live' || this.live.readOnly);
  }

  /**
   * Sends what makes one step. `inverse` undoes it; as a function, it is asked when it is undone, and can leave
   * alone what somebody else changed since. What was refused is complained of.
   */
  async do(label: string, commands: Command[], inverse: Command[] | (() => Command[])): Promise<Done> {
    if (commands.length === 0) return { whole: true, step: null };
    const sending = this.send(commands);
    const step: Step = {
      label,
      inverse: typeof inverse === 'function' ? inverse : () => inverse,
      shown: sending.then((outcomes) => this.seen(outcomes)),
    };
    this.steps = [...this.steps, step].slice(-mostSteps);
    const outcomes = await sending;
    const whole = outcomes.every((outcome) => outcome.ok);
    if (outcomes.some((outcome) => outcome.ok)) return { whole, step };
    this.steps = this.steps.filter((one) => one !== step);
    return { whole, step: null };
  }

  /**
   * Gives what was undone; null where there is nothing to undo or no more, where not all of it was taken, or all
   * `waits`.
   */
  async undo(): Promise<string | null> {
    const step = this.last;
    if (!step || this.waits) return null;
    this.steps = this.steps.slice(0, -1);
    await step.shown;
    const outcomes = await this.send(step.inverse());
    return outcomes.length > 0 && outcomes.every((outcome) => outcome.ok) ? step.label : null;
  }

  /** An acknowledgement may come before its event. */
  private async seen(outcomes: Outcome[]): Promise<void> {
    const last = Math.max(0, ...outcomes.map((outcome) => (outcome.ok ? outcome.seq : 0)));
    const until = Date.now() + longestWaitMs;
    while (this.live.board.seq < last && Date.now() < until)
      await new Promise((later) => setTimeout(later, lookAgainMs));
  }

  /** In their order: the server takes them one after the other. */
  private async send(commands: Command[]): Promise<Outcome[]> {
    this.unanswered++;
    const outcomes = await Promise.all(
      commands.map(({ id, ...fields }) => this.live.perform(fields as Command, id)),
    ).finally(() => this.unanswered--);
    const refused = outcomes.findIndex((outcome) => !outcome.ok);
    const outcome = outcomes[refused];
    if (outcome && !outcome.ok) {
      // Who undoes what is undone already has lost nothing.
      const { action } = commands[refused]!;
      this.live.complaint = { code: outcome.code, action };
    }
    return outcomes;
  }
}
