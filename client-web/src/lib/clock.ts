/** Milliseconds left; negative once the deadline has passed. */
export function remainingMs(endsAt: number, now: number): number {
  return endsAt - now;
}

/** m:ss, or h:mm:ss, of a time left or overrun. Rounded up, so that 0:00 means over. */
export function clockText(ms: number): string {
  const seconds = ms >= 0 ? Math.ceil(ms / 1000) : Math.floor(-ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The same of a time that has passed. Rounded down, and 0:00 before it began. */
export const elapsedText = (ms: number): string => clockText(Math.min(0, -ms));
