import { ask } from '$lib/http';
import type { AnswerTemplate, Commitment, Inbox, Member, Proposal } from './api';

/** What is with the administrations of whoever is signed in. */
export class InboxOf {
  administrations = $state.raw<string[]>([]);
  proposals = $state.raw<Proposal[]>([]);
  /** Another administration's, to which one of these contributes. */
  contributed = $state.raw<Proposal[]>([]);
  commitments = $state.raw<Commitment[]>([]);
  members = $state.raw<Member[]>([]);
  templates = $state.raw<AnswerTemplate[]>([]);
  me = $state('');

  load = async (): Promise<void> => {
    const [inbox, { templates }] = await Promise.all([
      ask<Inbox>('GET', '/api/inbox'),
      ask<{ templates: AnswerTemplate[] }>('GET', '/api/answer-templates'),
    ]);
    ({
      administrations: this.administrations,
      proposals: this.proposals,
      contributed: this.contributed,
      commitments: this.commitments,
      members: this.members,
      me: this.me,
    } = inbox);
    this.templates = templates;
  };

  /** Who may publish an answer of this administration besides whoever is signed in. */
  colleagues(administration: string): string[] {
    return this.members
      .filter((one) => one.administration === administration && one.id !== this.me)
      .map(({ name }) => name);
  }
}
