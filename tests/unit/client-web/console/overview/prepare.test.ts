import { describe, expect, test } from 'vitest';
import { changesAnything, planFor, prepareAll, type Known } from '../../../../../client-web/src/console/overview/prepare';
import type { Socket, Told } from '../../../../../client-web/src/console/overview/tell';
import { shipped } from '../../../../../client-web/src/console/panels/agenda';

const { agenda, settings } = shipped.short;
const prepared = { agenda: agenda.map((item) => ({ ...item, question: `سؤال ${item.phase}` })), settings };
const fresh: Known = {
  agenda: [{ phase: 'problems', question: 'سؤالي' }],
  settings: { ...settings, moderation: 'before', paused: true },
  phase: 'introduction',
  contributions: [],
};

describe('what a template would change of a workshop', () => {
  test('are phases and rules, and what was written stays where that is wanted', () => {
    const plan = planFor('w', fresh, prepared, true);
    expect(plan.changes).toEqual({
      phases: ['introduction', 'problems', 'grouping', 'solutions', 'plenary'],
      rules: true,
    });
    expect(plan.replaced).toEqual([]);
    expect(plan.after.rows.find(({ phase }) => phase === 'problems')?.question).toBe('سؤالي');
    expect(plan.after.settings).toMatchObject({ moderation: 'after', paused: true });
  });
  test('names every text that would go', () =>
    expect(planFor('w', fresh, prepared, false).replaced).toEqual([
      { phase: 'problems', what: 'question', before: 'سؤالي', after: 'سؤال problems' },
    ]));
  test('is nothing where it is so already', () => {
    const same = { ...fresh, agenda: prepared.agenda, settings };
    expect(changesAnything(planFor('w', same, prepared, false))).toBe(false);
  });
  test('is left alone once it has begun', () => {
    expect(planFor('w', fresh, prepared, true).begun).toBe(false);
    expect(planFor('w', { ...fresh, phase: 'problems' }, prepared, true).begun).toBe(true);
  });
});

/** A server that takes what it is sent, or is in another phase by the time. */
class Server implements Socket {
  static taken: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(private readonly path: string) {
    queueMicrotask(() => this.onopen?.());
  }
  send(text: string): void {
    const message = JSON.parse(text) as { type: string; id: string; action: string };
    if (message.type === 'hello')
      return this.say({ type: 'welcome', phase: this.path.includes('late') ? 'problems' : 'introduction' });
    Server.taken.push(`${this.path.split('/')[2]!.split('?')[0]} ${message.action}`);
    this.say({ type: 'ack', id: message.id, seq: 1 });
  }
  close(): void {}
  private say(message: object): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }
}

test('all are prepared, and one that began meanwhile is left as it is', async () => {
  Server.taken = [];
  const told = new Map<string, Told>();
  const plans = ['one', 'late'].map((id) => planFor(id, fresh, prepared, true));
  await prepareAll(plans, ({ workshop }, how) => told.set(workshop, how), (path) => new Server(path));
  expect(Server.taken).toEqual(['one agenda.set', 'one settings.set']);
  expect([...told]).toContainEqual(['one', { kept: true }]);
  expect([...told]).toContainEqual(['late', { kept: false, code: 'wrong_phase' }]);
});
