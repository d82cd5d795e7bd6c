/** Words as part of a sentence that may be written in the other direction. */
export const isolated = (words: string): string => `\u2068${words}\u2069`; // FIRST STRONG ISOLATE … POP
