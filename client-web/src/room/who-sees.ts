import type { Rules, Settings } from '$lib/generated/protocol';

/** The sentences that say who will see what is being written: when, and beside which name. */
export function whoSees(
  rules: Pick<Rules, 'silent' | 'anonymous' | 'moderation'>,
  settings: Pick<Settings, 'anonymous'>,
  name?: string,
): { key: string; params?: { name: string } }[] {
  // What waits for a facilitator waits also after the reveal: it is the stronger promise to tell.
  const when = rules.moderation === 'before' ? 'sees.before' : rules.silent ? 'sees.veiled' : 'sees.atonce';
  if (rules.anonymous)
    return [{ key: when }, { key: settings.anonymous ? 'sees.nameless' : 'sees.namelessNow' }];
  if (name) return [{ key: when }, { key: 'write.named', params: { name } }];
  return [{ key: when }, { key: 'write.anonymous' }];
}
