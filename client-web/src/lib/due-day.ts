import { i18n } from './i18n/index.svelte';

/** The last day of a time to answer in: deadlines end with a day of UTC, by which they are counted. */
export const dueDay = (dueAt: number): string => i18n.date(dueAt, { dateStyle: 'long', timeZone: 'UTC' });
