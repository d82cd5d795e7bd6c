// Figures of several rounds: the median, and how far they lie apart.

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** Of the rounds that gave a figure; null when none did. */
export function spread(values) {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return null;
  return { median: median(known), min: Math.min(...known), max: Math.max(...known), rounds: known.length };
}

/** Of each round's figure over the same round's other figure: what the rounds share, such as a busy disk, falls out. */
export function ratio(values, others) {
  return spread(values.map((value, round) => value / others[round]));
}
