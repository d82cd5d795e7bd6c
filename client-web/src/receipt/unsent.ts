/** A reply to a question, and its id: a second try of the same is not a second one. */
export interface BegunReply {
  id: string;
  text: string;
}

/** What an author has begun to write on the page of a receipt. It outlives a reload, in this tab alone. */
export interface Unsent {
  /** The clearer wording that was asked for. */
  revision: string;
  objection: string;
  /** Of the objection being sent: a second try of the same is not a second one. */
  objectionId: string;
  /** By question. */
  replies: Record<string, BegunReply>;
}

export const nothing = (): Unsent => ({ revision: '', objection: '', objectionId: '', replies: {} });
const place = (receipt: string): string => `warsha.receipt.${receipt}`;

export function unsentOf(receipt: string): Unsent {
  try {
    return { ...nothing(), ...JSON.parse(sessionStorage.getItem(place(receipt)) ?? '{}') };
  } catch {
    return nothing();
  }
}

export function keep(receipt: string, unsent: Unsent): void {
  try {
    const begun =
      unsent.revision || unsent.objection || Object.values(unsent.replies).some(({ text }) => text);
    if (begun) sessionStorage.setItem(place(receipt), JSON.stringify(unsent));
    else sessionStorage.removeItem(place(receipt));
  } catch {
    // A browser without storage: the words last as long as the page.
  }
}
