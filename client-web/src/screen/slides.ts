/** Letters of an address that somebody still types from a wall. */
const typedMost = 40;

/** Where a phase's slides are, as one types it; empty where that is too long, and null where there are none. */
export function slidesAddress(link: string | undefined): string | null {
  if (!link?.startsWith('https://')) return null;
  const address = link.slice('https://'.length).replace(/\/$/, '');
  return address.length <= typedMost ? address : '';
}
