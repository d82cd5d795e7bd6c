import type { AgendaItem } from './generated/protocol';

/** Where a phase's slides are, if it is what the protocol promises: a link out of a page is somebody else's words. */
export const linkOf = (plan: Pick<AgendaItem, 'link'> | undefined): string | undefined =>
  plan?.link?.startsWith('https://') ? plan.link : undefined;
