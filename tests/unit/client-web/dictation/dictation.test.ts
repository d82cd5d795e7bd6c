import { afterEach, describe, expect, test, vi } from 'vitest';
import { choices, chosen, keep } from '../../../../client-web/src/lib/dictation/choice';
import { Dictation } from '../../../../client-web/src/lib/dictation/dictation.svelte';
import { insertInto, insertion } from '../../../../client-web/src/lib/dictation/insertion';
import {
  recogniserOfBrowser,
  type RecognisedEvent,
  type Recogniser,
} from '../../../../client-web/src/lib/dictation/recogniser';

/** A browser's recogniser, told what it hears. */
class Fake implements Recogniser {
  static made: Fake[] = [];
  static refuses = false;
  lang = '';
  continuous = true;
  interimResults = false;
  onstart: Recogniser['onstart'] = null;
  onresult: Recogniser['onresult'] = null;
  onerror: Recogniser['onerror'] = null;
  onend: Recogniser['onend'] = null;
  told: string[] = [];

  constructor() {
    Fake.made.push(this);
  }
  start() {
    if (Fake.refuses) throw new Error('InvalidStateError');
    this.told.push('start');
    this.onstart?.();
  }
  stop() {
    this.told.push('stop');
  }
  abort() {
    this.told.push('abort');
  }
  /** `sure`: it will not change its mind about these words. */
  hears(words: string, sure = false) {
    const result = Object.assign([{ transcript: words }], { isFinal: sure });
    this.onresult?.({ resultIndex: 0, results: [result] } as RecognisedEvent);
  }
  ends(error?: string) {
    if (error) this.onerror?.({ error });
    this.onend?.();
  }
}

function dictating(language = 'ar-MA') {
  Fake.made = [];
  const written: string[] = [];
  const dictation = new Dictation(Fake, (words) => void written.push(words));
  dictation.start(language);
  return { dictation, written, now: () => Fake.made.at(-1)! };
}

describe('dictation', () => {
  afterEach(() => void (Fake.refuses = false));

  test('listens in the language that was asked for, to one utterance at a time', () => {
    const { dictation, now } = dictating('fr-FR');
    expect(dictation.state).toBe('listening');
    expect(now()).toMatchObject({ lang: 'fr-FR', continuous: false, interimResults: true });
  });

  test('shows what may still change, and writes it once it is sure', () => {
    const { dictation, written, now } = dictating();
    now().hears('النقل');
    expect([dictation.heard, written]).toEqual(['النقل', []]);
    now().hears('النقل المدرسي', true);
    expect([dictation.heard, written]).toEqual(['', ['النقل المدرسي']]);
  });

  test('goes on after an utterance until it is stopped', () => {
    const { dictation, written, now } = dictating();
    now().hears('one', true);
    now().ends();
    expect(Fake.made).toHaveLength(2);
    now().hears('two', true);
    dictation.stop();
    expect([dictation.state, now().told]).toEqual(['stopping', ['start', 'stop']]);
    now().hears('three', true); // said before the button was pressed
    now().ends();
    expect(written).toEqual(['one', 'two', 'three']);
    expect([dictation.state, Fake.made.length]).toEqual(['off', 2]);
  });

  test.each([
    ['ends', undefined, null],
    ['loses its network', 'network', 'network'],
    ['loses its microphone', 'audio-capture', 'noMicrophone'],
    ['is aborted by another', 'aborted', null],
    ['fails in a way of its own', 'bad-grammar', 'failed'],
  ])('writes what it was not sure of when the recogniser %s', (_, error, fault) => {
    const { dictation, written, now } = dictating();
    now().hears('nearly all of it');
    now().ends(error);
    expect(written).toEqual(['nearly all of it']);
    expect(dictation.heard).toBe('');
    expect(dictation.fault).toBe(fault);
    if (error) expect(dictation.state).toBe('off');
  });

  test('writes what was heard when its text is left, and nothing that comes later', () => {
    const { dictation, written, now } = dictating();
    const left = now();
    left.hears('half a');
    dictation.leave();
    left.hears('half a sentence', true);
    left.ends();
    expect(written).toEqual(['half a']);
    expect([left.told.at(-1), dictation.state, Fake.made.length]).toEqual(['abort', 'off', 1]);
  });

  test('changes its language without losing a word', () => {
    const { dictation, written, now } = dictating('ar-MA');
    now().hears('كلمة');
    dictation.start('fr-FR');
    expect(written).toEqual(['كلمة']);
    expect([now().lang, dictation.state]).toEqual(['fr-FR', 'listening']);
  });

  test.each([['no-speech'], [undefined]])('closes the microphone when nobody speaks (%s)', (error) => {
    const { dictation, written, now } = dictating();
    now().ends(error);
    expect([dictation.state, dictation.fault, written, Fake.made.length]).toEqual(['off', 'silence', [], 1]);
  });

  test('says that the microphone is not allowed, and tries again when it is asked again', () => {
    const { dictation, now } = dictating();
    now().ends('not-allowed');
    expect([dictation.state, dictation.fault]).toEqual(['off', 'notAllowed']);
    dictation.start('ar-MA');
    expect([dictation.state, dictation.fault]).toEqual(['listening', null]);
  });

  test('ends at once when it is stopped twice and the recogniser does not answer', () => {
    const { dictation, written, now } = dictating();
    now().hears('words');
    dictation.stop();
    dictation.stop();
    expect([dictation.state, written, now().told.at(-1)]).toEqual(['off', ['words'], 'abort']);
  });

  test('a recogniser that does not start is a fault and no hope', () => {
    Fake.refuses = true;
    const { dictation } = dictating();
    expect([dictation.state, dictation.fault]).toEqual(['off', 'failed']);
  });
});

describe('dictated words', () => {
  test.each([
    ['', 0, 'mot', 'mot'],
    ['un', 2, 'mot', ' mot'],
    ['un ', 3, 'mot', 'mot'],
    ['un\n', 3, 'mot', 'mot'],
    ['un deux', 2, 'mot', ' mot'],
    ['un deux', 3, 'mot', 'mot '],
    ['un, deux', 2, 'mot', ' mot'],
    ['النقل، ', 7, 'المدرسي', 'المدرسي'],
    ['النقل؟', 5, 'المدرسي', ' المدرسي'],
  ])('after %j up to %i, %s is put in as %j', (text, at, words, expected) =>
    expect(insertion(text, at, words)).toBe(expected));

  const area = (text: string, start: number, end: number, readOnly = false) => {
    const told: Event[] = [];
    return {
      told,
      readOnly,
      disabled: false,
      value: text,
      selectionStart: start,
      selectionEnd: end,
      setRangeText(words: string, from: number, to: number) {
        this.value = this.value.slice(0, from) + words + this.value.slice(to);
        this.selectionStart = this.selectionEnd = from + words.length;
      },
      dispatchEvent: (event: Event) => told.push(event) > 0,
    };
  };

  test('go to the caret, which stands behind them, as if they were typed', () => {
    vi.stubGlobal('InputEvent', Event);
    const there = area('un trois', 2, 2);
    expect(insertInto(there as never, 'deux')).toBe(true);
    expect([there.value, there.selectionEnd]).toEqual(['un deux trois', 7]);
    expect(there.told.map(({ type, bubbles }) => [type, bubbles])).toEqual([['input', true]]);
    vi.unstubAllGlobals();
  });

  test('replace nothing that is selected', () => {
    vi.stubGlobal('InputEvent', Event);
    const there = area('un trois', 0, 8);
    insertInto(there as never, 'deux');
    expect(there.value).toBe('un trois deux');
    vi.unstubAllGlobals();
  });

  test('are given back where nothing can be written any more', () => {
    const there = area('un', 2, 2, true);
    expect(insertInto(there as never, 'deux')).toBe(false);
    expect([there.value, there.told]).toEqual(['un', []]);
  });
});

describe('what dictation asks of the browser and of somebody', () => {
  afterEach(() => void vi.unstubAllGlobals());

  test.each([
    ['has none', { isSecureContext: true }, null],
    ['has its own', { isSecureContext: true, webkitSpeechRecognition: Fake }, Fake],
    ['has the standard one', { isSecureContext: true, SpeechRecognition: Fake }, Fake],
    ['would open no microphone on a plain address', { isSecureContext: false, SpeechRecognition: Fake }, null],
  ])('a browser that %s', (_, globals, expected) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    expect(recogniserOfBrowser()).toBe(expected);
  });

  test('one speaks the language of the page, Arabic or French', () => {
    expect(choices('ar')).toEqual(['ar', 'fr']);
    expect(choices('fr')).toEqual(['fr', 'ar']);
    expect(choices('en')).toEqual(['en', 'ar', 'fr']);
  });

  test('nothing is chosen before it was said where the sound goes, and then it is remembered', () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
    expect(chosen('ar')).toBeNull();
    keep('fr');
    expect(chosen('ar')).toBe('fr');
    keep('en');
    expect(chosen('ar')).toBe('ar'); // not offered on this page
  });
});
