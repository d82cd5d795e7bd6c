/** The card that an event's target is, or is part of. */
export const cardOf = (target: EventTarget | null): HTMLElement | null | undefined =>
  (target as HTMLElement | null)?.closest?.<HTMLElement>('[data-card]');
