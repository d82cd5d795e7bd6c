import type { Ground } from './generated/protocol';

/** The published list (schemas/live/common.schema.json). */
export const grounds: readonly Ground[] = [
  'off_topic',
  'personal_data',
  'disrespect',
  'repetition',
  'advertising',
  'unreadable',
  'other',
];

/** The key of a ground's sentence: `other` alone would be the form of a plural. */
export const groundKey = (ground: string): string => `ground.${ground === 'other' ? 'otherGround' : ground}`;
