// Chance that can be had again: everything a trial leaves to chance comes from one seed, which it prints.
import { randomFillSync } from 'node:crypto';

/** mulberry32: small, and good enough to choose moments and subsets. Gives numbers in [0, 1). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from least to most, both included. */
export const between = (chance, least, most) => least + Math.floor(chance() * (most - least + 1));

export const pick = (chance, list) => list[Math.floor(chance() * list.length)];

const bytes = Buffer.alloc(16);

/** A UUIDv7 (RFC 9562), as clients make them for their commands. Not from the seed: ids must never repeat. */
export function uuidv7() {
  randomFillSync(bytes);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
