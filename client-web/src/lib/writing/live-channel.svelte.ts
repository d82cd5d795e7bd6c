import type { LiveWorkshop } from '../live/workshop.svelte';
import type { DraftChannel, DraftListener } from './channel';

/** A draft of a live workshop, as its writer needs it. */
export function liveChannel(live: LiveWorkshop, draft: string): DraftChannel {
  const listeners = new Set<DraftListener>();
  const tell = (act: (listener: DraftListener) => void) => {
    for (const listener of [...listeners]) act(listener);
  };
  const answered: DraftListener['answered'] = (id, answer) =>
    tell((listener) => listener.answered(id, answer));

  /** Hears the board while anybody listens here. */
  function begin(): () => void {
    const { drafts } = live.board;
    const stopHearing = drafts.subscribe((change) => {
      if (change.draft === draft) tell((listener) => listener.heard(change));
    });
    const stopEnding = drafts.onEnd((id, how, contribution) => {
      if (id === draft) tell((listener) => listener.ended(how, contribution));
    });
    const stopWatching = $effect.root(() => {
      // After every change, not only after a snapshot: what is known already says nothing new.
      $effect(() => {
        drafts.get(draft);
        tell((listener) => listener.replaced());
      });
      $effect(() => {
        live.signals.cursors(draft);
        tell((listener) => listener.cursors());
      });
      $effect(() => {
        void live.state;
        tell((listener) => listener.connection());
      });
    });
    return () => {
      stopHearing();
      stopEnding();
      stopWatching();
    };
  }
  let stop: (() => void) | null = null;

  return {
    me: () => live.board.alias,
    current() {
      const known = live.board.drafts.get(draft);
      const { epoch, seq } = live.board;
      return known && { text: known.text, revision: known.revision, epoch, seq };
    },
    connected: () => live.state === 'live' && !live.readOnly,
    send({ id, revision, edit }) {
      live.perform({ action: 'draft.change', draft, revision, edit }, id).then(
        (outcome) => answered(id, outcome),
        // This device could not keep it, and so it was not sent.
        () => answered(id, { ok: false, code: 'internal' }),
      );
    },
    cursor: (at) => live.signals.cursor(at === null ? null : draft, at ?? 0),
    cursors: () => live.signals.cursors(draft).map(({ who, name, at }) => ({ who, name, at: at ?? 0 })),
    listen(listener) {
      listeners.add(listener);
      stop ??= begin();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}
