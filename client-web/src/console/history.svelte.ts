import type { LiveWorkshop } from '$lib/live/workshop.svelte';

type Command = Record<string, unknown> & { action: string };

interface Step {
  label: string;
  inverse: Command[];
}

const mostSteps = 50;

/** What the facilitator did last, each with the commands that undo it: undoing is a new act, never a deletion. */
export class History {
  private steps = $state.raw<Step[]>([]);

  constructor(private readonly live: LiveWorkshop) {}

  get last(): Step | undefined {
    return this.steps.at(-1);
  }

  async do(label: string, commands: Command[], inverse: Command[]): Promise<void> {
    for (const command of commands) await this.live.send(command);
    this.steps = [...this.steps, { label, inverse }].slice(-mostSteps);
  }

  async undo(): Promise<void> {
    const step = this.last;
    if (!step) return;
    this.steps = this.steps.slice(0, -1);
    for (const command of step.inverse) await this.live.send(command);
  }
}
