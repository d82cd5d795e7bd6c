import type { RecognisedEvent, Recogniser } from './recogniser';

/** Why it ended by itself. */
export type DictationFault = 'silence' | 'notAllowed' | 'noMicrophone' | 'network' | 'language' | 'failed';

const faults: Record<string, DictationFault> = {
  'no-speech': 'silence',
  'not-allowed': 'notAllowed',
  'service-not-allowed': 'notAllowed',
  'audio-capture': 'noMicrophone',
  network: 'network',
  'language-not-supported': 'language',
};

/**
 * Writes down what is said, one utterance after the other until it is stopped. Each is recognised by itself: what
 * browsers call continuous gives the same words several times on phones. Whatever was heard is placed, also where the
 * recogniser ends, fails or is taken away before it was sure of it.
 */
export class Dictation {
  state = $state<'off' | 'starting' | 'listening' | 'stopping'>('off');
  /** What was heard and may still change. */
  heard = $state('');
  fault = $state<DictationFault | null>(null);
  private recogniser: Recogniser | null = null;
  private language = '';

  constructor(
    private readonly make: new () => Recogniser,
    private readonly place: (words: string) => void,
  ) {}

  /** `language`: a BCP 47 tag. While it listens: goes on in that language. */
  start(language: string): void {
    this.leave();
    this.language = language;
    this.fault = null;
    this.state = 'starting';
    this.listen();
  }

  /** Hears out what is being said. */
  stop(): void {
    if (this.state === 'off') return;
    if (this.state === 'stopping') return this.leave(); // asked twice: the recogniser does not answer
    this.state = 'stopping';
    this.recogniser?.stop();
  }

  /** At once. */
  leave(): void {
    const { recogniser } = this;
    this.recogniser = null;
    this.finish();
    recogniser?.abort();
  }

  private listen(): void {
    const recogniser = new this.make();
    this.recogniser = recogniser;
    recogniser.lang = this.language;
    recogniser.continuous = false;
    recogniser.interimResults = true;
    let spoken = false;
    const ours = () => this.recogniser === recogniser;
    recogniser.onstart = () => {
      if (ours() && this.state === 'starting') this.state = 'listening';
    };
    recogniser.onresult = (event) => {
      if (!ours()) return;
      spoken = true;
      this.take(event);
    };
    recogniser.onerror = ({ error }) => {
      if (!ours()) return;
      if (error === 'aborted')
        this.state = 'stopping'; // another page took the microphone
      else this.fault = faults[error] ?? 'failed';
    };
    recogniser.onend = () => {
      if (!ours()) return;
      this.settle();
      // Who has said nothing in a whole turn has left the microphone open.
      if (spoken && this.state === 'listening' && !this.fault) return this.listen();
      if (!spoken && this.state === 'listening') this.fault ??= 'silence';
      this.finish();
    };
    try {
      recogniser.start();
    } catch {
      this.fault = 'failed';
      this.finish();
    }
  }

  private take({ results, resultIndex }: RecognisedEvent): void {
    let unsure = '';
    for (let at = resultIndex; at < results.length; at++) {
      const { transcript } = results[at]![0]!;
      if (results[at]!.isFinal) this.put(transcript);
      else unsure += transcript;
    }
    this.heard = unsure.trim();
  }

  private put(words: string): void {
    if (words.trim()) this.place(words.trim());
  }

  /** What the recogniser was not sure of is better than nothing. */
  private settle(): void {
    const { heard } = this;
    this.heard = '';
    this.put(heard);
  }

  private finish(): void {
    this.settle();
    this.recogniser = null;
    this.state = 'off';
  }
}
