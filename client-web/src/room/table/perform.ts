/** Gives a command and shows what was wrong with it. Gives its id, or null when it was refused. */
export type Perform = (fields: { action: string } & Record<string, unknown>) => Promise<string | null>;
