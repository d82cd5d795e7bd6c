import { isFree, type Docket } from './api';
import type { Desk } from './desk.svelte';

/** By what a form's key begins with: may it still be sent about this? Nothing is known of another consultation's. */
function isSendable(docket: Docket, act: string, id: string, of?: string): boolean | undefined {
  const contribution = docket.contributions.find((one) => one.id === id);
  const proposal = docket.proposals.find((one) => one.id === id);
  const commitment = docket.commitments.find((one) => one.id === id);
  const isEnded = docket.ended.some((one) => one.id === id);
  const list = docket.lists.find((one) => one.id === id);
  const question = docket.questions?.find((one) => one.id === id);
  switch (act) {
    case 'propose':
    case 'refuse':
    case 'suggestion':
      return contribution && isFree(contribution);
    case 'return': // a contribution to its author, or a commitment to its administration
      return contribution ? isFree(contribution) : commitment && commitment.state !== 'confirmed';
    case 'settle':
      return contribution && contribution.contestation?.state === 'waiting';
    case 'join':
    case 'reword':
    case 'route':
    case 'merge':
    case 'dissolve':
      if (isEnded) return false;
      return proposal && proposal.state !== 'answered';
    case 'opinion': // on an answer, published or not
      if (isEnded) return false;
      return proposal && (proposal.answer ?? proposal.proposed_answer) !== undefined;
    case 'overrule':
      return commitment && commitment.state !== 'confirmed';
    case 'object':
    case 'vote':
    case 'withdraw':
      return list && list.result === 'open';
    case 'reply':
      return question && question.open;
    case 'withhold':
      return question && question.replies.some((one) => one.contribution === of && one.state === 'waiting');
    default:
      return undefined;
  }
}

/** Forms about what somebody else decided meanwhile: what was written there is read and copied, and not sent. */
export const leftOf = (desk: Desk, docket: Docket): { key: string; act: string }[] =>
  desk.unsentOf('').flatMap((key) => {
    const [act = '', id = '', of] = key.split(':');
    return key !== desk.sending && isSendable(docket, act, id, of) === false ? [{ key, act }] : [];
  });
