import type { FormDays } from '$lib/generated/protocol';

/** As a field of type "date" has them: 2027-03-31, of this device's calendar. */
export interface Days {
  first: string;
  last: string;
}

const pad = (value: number) => String(value).padStart(2, '0');
const dayOf = (at: number) => {
  const date = new Date(at);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
};
/** The midnight with which a day begins, or the one some days later. */
const midnight = (day: string, later = 0): number => {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year!, month! - 1, date! + later).getTime();
};

/** From the beginning of the first day to the end of the last; null while one of them is missing. */
export const formDays = ({ first, last }: Days): FormDays | null =>
  first && last ? { opens_at: midnight(first), closes_at: midnight(last, 1) } : null;

export const daysOf = ({ opens_at, closes_at }: FormDays): Days => ({
  first: dayOf(opens_at),
  last: dayOf(closes_at - 1),
});

/** From today on for so many days. */
export const daysFrom = (now: number, count: number): Days => ({
  first: dayOf(now),
  last: dayOf(midnight(dayOf(now), count - 1)),
});

export const stageOf = ({ opens_at, closes_at }: FormDays, now: number): 'soon' | 'open' | 'over' =>
  now < opens_at ? 'soon' : now < closes_at ? 'open' : 'over';
