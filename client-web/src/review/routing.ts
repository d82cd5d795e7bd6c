/** protocol/limits.hpp: kContributingAdministrations. */
export const mostContributing = 10;

/** Where it goes: who answers, and who contributes. One that was looked for and not added is meant as well. */
export function routeOf(form: { lead: string; contributing: readonly string[]; another: string }): {
  lead: string;
  contributing: string[];
} {
  const all = new Set([...form.contributing, ...(form.another ? [form.another] : [])]);
  all.delete(form.lead);
  return { lead: form.lead, contributing: [...all].slice(0, mostContributing) };
}
