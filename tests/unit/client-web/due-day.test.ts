import { expect, test, vi } from 'vitest';
import { dueDay } from '../../../client-web/src/lib/due-day';
import { i18n } from '../../../client-web/src/lib/i18n/index.svelte';

test('a deadline is told by its last day, not by the next that has begun in Morocco', () => {
  vi.stubGlobal('Intl', {
    DateTimeFormat: class extends Intl.DateTimeFormat {
      constructor(locale: string, options: Intl.DateTimeFormatOptions) {
        super(locale, { timeZone: 'Africa/Casablanca', ...options }); // as of a device there
      }
    },
  });
  const end = Date.parse('2026-06-25T23:59:59.999Z');
  i18n.begin('fr', {}, async () => []);
  expect(i18n.date(end)).toBe('26 juin 2026');
  expect(dueDay(end)).toBe('25 juin 2026');
});
