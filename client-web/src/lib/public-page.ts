import { ask, type WorkshopInfo } from './http';

/** The address of what everybody may read of a workshop's consultation; null when there is none, or no network. */
export async function publicPageOf(workshop: string): Promise<string | null> {
  try {
    const { consultation } = await ask<WorkshopInfo>('GET', `/api/workshops/${workshop}`);
    const path = `/consultations/${consultation.id}`;
    return (await fetch(path)).ok ? path : null;
  } catch {
    return null;
  }
}
