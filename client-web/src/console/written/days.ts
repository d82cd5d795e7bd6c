import type { FormDays } from '$lib/generated/protocol';

/** As a field of type "date" has them: 2027-03-31. They are days of UTC, as all deadlines here are. */
export interface Days {
  first: string;
  last: string;
}

const dayMs = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** From the beginning of the first day to the end of the last; null while one of them is missing. */
export const formDays = ({ first, last }: Days): FormDays | null =>
  first && last ? { opens_at: Date.parse(first), closes_at: Date.parse(last) + dayMs } : null;

export const daysOf = ({ opens_at, closes_at }: FormDays): Days => ({
  first: dayOf(opens_at),
  last: dayOf(closes_at - 1),
});

/** From today on for so many days. */
export const daysFrom = (now: number, count: number): Days => ({
  first: dayOf(now),
  last: dayOf(now + (count - 1) * dayMs),
});

export const stageOf = ({ opens_at, closes_at }: FormDays, now: number): 'soon' | 'open' | 'over' =>
  now < opens_at ? 'soon' : now < closes_at ? 'open' : 'over';
