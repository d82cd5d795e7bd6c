import type { Language } from '$lib/i18n/plural';
import { languageOf } from './language-of';

/** Reads aloud with the voices of the device; they are often told only after the page is there. */
export class Speech {
  private voices = $state.raw<SpeechSynthesisVoice[]>([]);
  /** What is being read. */
  current = $state<string | null>(null);

  constructor(private readonly engine: SpeechSynthesis | undefined = globalThis.speechSynthesis) {
    if (!engine) return;
    this.voices = engine.getVoices();
    engine.addEventListener?.('voiceschanged', () => (this.voices = engine.getVoices()));
  }

  /** Whether there is a voice for these words: a French voice reading Arabic helps nobody. */
  can(text: string, page: Language): boolean {
    return this.voiceFor(text, page) !== undefined;
  }

  toggle(id: string, text: string, page: Language): void {
    const voice = this.voiceFor(text, page);
    const stop = this.current === id;
    this.stop();
    if (stop || !voice) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    words.onend = words.onerror = () => {
      if (this.current === id) this.current = null;
    };
    this.current = id;
    this.engine?.speak(words);
  }

  stop(): void {
    this.current = null;
    this.engine?.cancel();
  }

  private voiceFor(text: string, page: Language): SpeechSynthesisVoice | undefined {
    const language = languageOf(text, page);
    return this.voices.find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language);
  }
}
