/** What Warsha uses of the browser's speech recognition (Web Speech API). TypeScript has no types of it. */
export interface Recogniser {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onstart: (() => void) | null;
  onresult: ((event: RecognisedEvent) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
  abort(): void;
}
export interface RecognisedEvent {
  resultIndex: number;
  results: ArrayLike<{ isFinal: boolean } & ArrayLike<{ transcript: string }>>;
}

/** Null where the browser has none, or would not open a microphone: on a plain http address. */
export function recogniserOfBrowser(): (new () => Recogniser) | null {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as unknown as Record<
    string,
    (new () => Recogniser) | undefined
  >;
  return globalThis.isSecureContext ? (SpeechRecognition ?? webkitSpeechRecognition ?? null) : null;
}
