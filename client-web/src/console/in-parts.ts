/** Cuts a list into as many as one command names. */
export function inParts<T>(list: readonly T[], atOnce: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += atOnce) parts.push(list.slice(at, at + atOnce));
  return parts;
}
