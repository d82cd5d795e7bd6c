/** A problem document (RFC 9457) of the server, or code "network" when there was no answer. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly field?: string,
    readonly limit?: number,
    readonly retryAfterMs?: number,
  ) {
    super(code);
  }
}

/** Asks the server; gives the parsed answer (undefined for 204) or throws a Problem. */
export async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  } catch {
    throw new Problem('network', 0);
  }
  if (response.status === 204) return undefined as Answer;
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as Answer;
  throw new Problem(
    answer?.code ?? 'internal',
    response.status,
    answer?.field,
    answer?.limit,
    answer?.retry_after_ms,
  );
}

export interface Consultation {
  title: string;
  language: string;
  region: string;
  city: string;
  venue: string;
  date: string;
  organisers: string[];
}
export interface WorkshopInfo {
  id: string;
  title: string;
  language: string;
  join_code: string;
  join_url: string;
  consultation: Consultation & { id: string };
}
export interface Me {
  participant?: {
    id: string;
    name?: string;
    language: string;
    workshops: { id: string; title: string; join_code: string }[];
  };
  staff?: { name: string; email: string; roles: { role: string; scope: string }[] };
}
